using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>The verbs that write to a négociation, in the order of its steps.</summary>
internal static class NegociationSteps
{
    private const string N = "N-2026-12";

    public static IEnumerable<Command> All(CliEnvironment environment) =>
        [.. Calendar(environment), .. Report(environment), .. Locks(environment), .. Questions(environment), .. Engagements(environment), .. Ends(environment)];

    public static Argument<string> Numero() => new("NUMERO") { Description = "Numéro de la négociation." };

    private static IEnumerable<Command> Calendar(CliEnvironment environment)
    {
        yield return Step(environment, "receive-trame", "La trame du rapport est reçue : les délais courent de ce jour (R-077).", "--on 2026-02-01", "Trame reçue", [], async s =>
            (await s.Service.ReceiveTrameAsync(new() { Negociation = s.Name, On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: s.Cancellation)).Recorded);

        var nom = Text("--negociateur", "Nom du négociateur.");
        yield return Step(environment, "change-negociateur", "Le négociateur change (R-065).", "--negociateur 'M. Petit'", "Négociateur changé", [nom], async s =>
            (await s.Service.ChangeNegociateurAsync(
                new() { Negociation = s.Name, Negociateur = s.Get(nom), On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: s.Cancellation)).Recorded);

        var rang = new Option<int>("--rang") { Description = "1 pour la première prolongation, 2 pour la suivante.", HelpName = "N", Required = true };
        var motif = Text("--motif", "Motif.");
        var agreed = new Option<bool>("--agreed") { Description = "Les deux parties en sont d'accord (R-083)." };
        yield return Step(environment, "extend", "Prolonge de 90 jours les étapes 3 à 5 (R-082).", "--rang 1 --motif fusion --agreed", "Négociation prolongée", [rang, motif, agreed], async s =>
            (await s.Service.ProlongNegociationAsync(
                new() { Negociation = s.Name, Rang = s.Get(rang), Motif = s.Get(motif), Agreed = s.Parsed.GetValue(agreed), On = s.On, RequestId = s.RequestId, Etag = s.Etag },
                cancellationToken: s.Cancellation)).Recorded);

        var compteRendu = Text("--compte-rendu", "Compte rendu.", required: false);
        yield return Step(environment, "meet", "Enregistre une rencontre (R-068).", "--on 2026-03-10", "Rencontre enregistrée", [compteRendu], async s =>
            (await s.Service.RecordRencontreAsync(
                new() { Negociation = s.Name, CompteRendu = s.Parsed.GetValue(compteRendu) ?? "", On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: s.Cancellation)).Recorded);
    }

    private static IEnumerable<Command> Report(CliEnvironment environment)
    {
        var section = File("RapportSection");
        yield return Step(environment, "write-section", "Écrit dans le rapport ce qu'un auteur dit d'un volet, chiffres sourcés (R-067, R-069).", "--file section.json", "Volet rempli", [section], async s =>
        {
            var read = await s.Read<RapportSection>(section);
            var request = new WriteSectionRequest
            {
                Negociation = s.Name, Entite = s.Entite, Volet = read.Volet, Auteur = read.Auteur, Texte = read.Texte, Redacteur = read.Redacteur,
                On = s.On, RequestId = s.RequestId, Etag = s.Etag,
            };
            request.Chiffres.Add(read.Chiffres);
            return (await s.Service.WriteSectionAsync(request, cancellationToken: s.Cancellation)).Recorded;
        });

        var indicateur = File("IndicateurDefini");
        yield return Step(environment, "define-indicateur", "Définit un indicateur spécifique dans le rapport (R-041).", "--file indicateur.json", "Indicateur défini", [indicateur], async s =>
            (await s.Service.DefineIndicateurAsync(
                new() { Negociation = s.Name, Entite = s.Entite, Indicateur = await s.Read<IndicateurDefini>(indicateur), On = s.On, RequestId = s.RequestId, Etag = s.Etag },
                cancellationToken: s.Cancellation)).Recorded);

        var note = File("NegociationNote");
        yield return Step(environment, "attach-note", "Joint un diagnostic régional ou territorial, ou un projet médical partagé (R-066, R-010).", "--file note.json", "Note jointe", [note], async s =>
        {
            var read = await s.Read<NegociationNote>(note);
            return (await s.Service.AttachNoteAsync(
                new() { Negociation = s.Name, Kind = read.Kind, Titre = read.Titre, Reference = read.Reference, On = s.On, RequestId = s.RequestId, Etag = s.Etag },
                cancellationToken: s.Cancellation)).Recorded;
        });

    }

    /// <summary>Volet by volet, or the whole report .</summary>
    private static IEnumerable<Command> Locks(CliEnvironment environment)
    {
        var remis = NamedVolets("Seulement ces volets, comme A1.V2 ; aucun : le rapport est complet (R-078).");
        yield return Step(environment, "hand-over", "La structure a remis des volets, ou son rapport complet (R-078).", "--volet A1.V2 --on 2026-03-20", "Remis à l'agence", [remis], async s =>
            (await s.Service.HandOverRapportAsync(
                new() { Negociation = s.Name, Entite = s.Entite, Volets = { s.Volets(remis) }, On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: s.Cancellation)).Recorded);

        var reason = Text("--reason", "Motif ; il reste dans l'historique.");
        var rendus = NamedVolets("Seulement ces volets ; aucun : le rapport entier, qui n'est plus complet.");
        yield return Step(environment, "return", "Rend des volets à la structure, ou le rapport entier.", "--volet A2.V3 --reason 'chiffres de 2023'", "Rendu à la structure", [reason, rendus], async s =>
            (await s.Service.ReturnRapportAsync(
                new() { Negociation = s.Name, Entite = s.Entite, Reason = s.Get(reason), Volets = { s.Volets(rendus) }, On = s.On, RequestId = s.RequestId, Etag = s.Etag },
                cancellationToken: s.Cancellation)).Recorded);

        var partages = NamedVolets("Seulement ces volets ; aucun : le diagnostic entier.");
        yield return Step(environment, "share", "L'agence a ajouté son analyse : ces volets, ou le diagnostic entier, sont partagés (R-067).", "--on 2026-04-10", "Diagnostic partagé", [partages], async s =>
            (await s.Service.ShareDiagnosticAsync(
                new() { Negociation = s.Name, Entite = s.Entite, Volets = { s.Volets(partages) }, On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: s.Cancellation)).Recorded);
    }

    private static IEnumerable<Command> Questions(CliEnvironment environment)
    {
        var numero = new Option<int>("--question") { Description = "Numéro de la question, de 1 à 10.", HelpName = "N", Required = true };
        var oui = new Option<bool>("--oui") { Description = "La réponse est oui (sans cette option : non)." };
        var commentaire = Text("--commentaire", "Commentaire.", required: false);
        yield return Step(environment, "answer", "Répond à une des dix questions (R-070 à R-073).", "--question 4 --oui", "Réponse enregistrée", [numero, oui, commentaire], async s =>
            (await s.Service.AnswerQuestionAsync(
                new()
                {
                    Negociation = s.Name, Entite = s.Entite, Numero = s.Get(numero), Oui = s.Parsed.GetValue(oui), Commentaire = s.Parsed.GetValue(commentaire) ?? "",
                    On = s.On, RequestId = s.RequestId, Etag = s.Etag,
                },
                cancellationToken: s.Cancellation)).Recorded);

        var synthese = File("Synthese");
        yield return Step(environment, "write-synthese", "Écrit la page de synthèse (R-074).", "--file synthese.json", "Synthèse écrite", [synthese], async s =>
            (await s.Service.WriteSyntheseAsync(
                new() { Negociation = s.Name, Entite = s.Entite, Synthese = await s.Read<Synthese>(synthese), On = s.On, RequestId = s.RequestId, Etag = s.Etag },
                cancellationToken: s.Cancellation)).Recorded);
    }

    private static IEnumerable<Command> Engagements(CliEnvironment environment)
    {
        var engagement = File("Engagement");
        var proposer = By("Qui propose.");
        yield return Step(environment, "propose-engagement", "Propose un engagement, ou en change un (R-075).", "--by structure --file engagement.json", "Engagement proposé", [proposer, engagement], async s =>
            (await s.Service.ProposeEngagementAsync(
                new() { Negociation = s.Name, Entite = s.Entite, By = s.Party(proposer), Engagement = await s.Read<Engagement>(engagement), On = s.On, RequestId = s.RequestId, Etag = s.Etag },
                cancellationToken: s.Cancellation)).Recorded);

        var number = new Option<int>("--engagement") { Description = "Numéro de l'engagement.", HelpName = "N", Required = true };
        yield return Step(environment, "withdraw-engagement", "Retire un engagement proposé.", "--engagement 2", "Engagement retiré", [number], async s =>
            (await s.Service.WithdrawEngagementAsync(
                new() { Negociation = s.Name, Entite = s.Entite, Number = s.Get(number), On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: s.Cancellation)).Recorded);

        var party = By("Qui accepte.");
        yield return Step(environment, "accept", "Une partie accepte les engagements ; les deux, et le contrat les dit (R-075).", "--by agence", "Synthèse acceptée", [party], async s =>
            (await s.Service.AcceptSyntheseAsync(
                new() { Negociation = s.Name, Entite = s.Entite, By = s.Party(party), On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: s.Cancellation)).Recorded);

        var reason = Text("--reason", "Motif ; il reste dans l'historique.");
        yield return Step(environment, "reopen", "Rouvre ce qui est accepté, avant que la structure signe.", "--reason 'nouvel acte'", "Synthèse rouverte", [reason], async s =>
            (await s.Service.ReopenSyntheseAsync(
                new() { Negociation = s.Name, Entite = s.Entite, Reason = s.Get(reason), On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: s.Cancellation)).Recorded);
    }

    private static IEnumerable<Command> Ends(CliEnvironment environment)
    {
        var issue = new Option<string>("--issue") { Description = "Ce que devient ce qui est accepté.", HelpName = "SUITE", Required = true };
        issue.AcceptOnlyFromAmong([.. NegociationWords.Issues.Keys]);
        var contrat = Text("--contrat", "Numéro du contrat à venir ; aucun pour un avenant.", required: false);
        yield return Step(environment, "choose-issue", "Un contrat, un avenant du contrat « socle commun », ou celui-ci signé de nouveau (R-086, R-088).", "--issue contrat --contrat 11-75-C00042", "Suite choisie", [issue, contrat], async s =>
            (await s.Service.ChooseIssueAsync(
                new()
                {
                    Negociation = s.Name, Entite = s.Entite, Issue = NegociationWords.Issues[s.Get(issue)], Contrat = s.Parsed.GetValue(contrat) ?? "",
                    On = s.On, RequestId = s.RequestId, Etag = s.Etag,
                },
                cancellationToken: s.Cancellation)).Recorded);

        var reason = Text("--reason", "Motif ; il reste dans l'historique.");
        yield return Step(environment, "abandon", "Abandonne la négociation.", "--reason 'sans suite'", "Négociation abandonnée", [reason], async s =>
            (await s.Service.AbandonNegociationAsync(
                new() { Negociation = s.Name, Reason = s.Get(reason), On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: s.Cancellation)).Recorded);
    }

    private static Option<string> Text(string name, string description, bool required = true) => new(name) { Description = description, HelpName = "TEXTE", Required = required };

    private static Option<string[]> NamedVolets(string description)
    {
        var volets = new Option<string[]>("--volet") { Description = $"{description} Répétable.", HelpName = "VOLET", AllowMultipleArgumentsPerToken = true };
        volets.AcceptOnlyFromAmong([.. Domain.Volets.All.Select(Domain.Volets.CodeOf)]);
        return volets;
    }

    private static Option<FileInfo> File(string message) =>
        new("--file") { Description = $"En JSON, comme le message {message} du protocole.", HelpName = "FICHIER", Required = true };

    private static Option<string> By(string description)
    {
        var by = new Option<string>("--by") { Description = description, HelpName = "PARTIE", Required = true };
        by.AcceptOnlyFromAmong([.. NegociationWords.Parties.Keys]);
        return by;
    }

    /// <summary>What a verb has at hand.</summary>
    private sealed record Writing(Remote Remote, ParseResult Parsed, string Name, string Entite, string On, string RequestId, string Etag, CancellationToken Cancellation)
    {
        public NegociationsService.NegociationsServiceClient Service => Remote.Negociations;

        public T Get<T>(Option<T> option) => Parsed.GetRequiredValue(option);

        public IEnumerable<Volet> Volets(Option<string[]> volets) => (Parsed.GetValue(volets) ?? []).Select(code => Domain.Volets.TryParse(code, out var volet) ? (Volet)(int)volet : default);

        public RapportAuteur Party(Option<string> by) => NegociationWords.Parties[Get(by)];

        public Task<T> Read<T>(Option<FileInfo> file)
            where T : Google.Protobuf.IMessage, new() => JsonFiles.Read<T>(Get(file), Cancellation);
    }

    private static Verb Step(CliEnvironment environment, string name, string description, string example, string done, IReadOnlyList<Option> inputs, Func<Writing, Task<Recorded>> send)
    {
        var numero = Numero();
        var entite = new Option<string>("--entite") { Description = "Structure concernée, où plusieurs négocient ensemble.", HelpName = "FINESS", DefaultValueFactory = _ => "" };
        var options = new CommandOptions();
        var command = new Verb(name, description, $"cpom negociation {name} {N} {example}") { numero, entite };
        foreach (var input in inputs)
        {
            command.Options.Add(input);
        }

        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var recorded = await send(new(
                remote, parsed, Names.Negociation(parsed.GetRequiredValue(numero)), parsed.GetRequiredValue(entite), options.On(parsed), options.RequestId(parsed), options.Etag(parsed), cancellation));
            environment.Terminal.Out.WriteLine(Receipts.Of(recorded, done));
            return ExitCodes.Done;
        });
        return command;
    }
}
