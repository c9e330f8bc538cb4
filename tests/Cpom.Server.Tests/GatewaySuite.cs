using Cpom.Domain.Sites;
using Cpom.Runtime;
using Grpc.Core;

namespace Cpom.Server.Tests;

public sealed class GatewayOnMemoryTests : GatewaySuite
{
    protected override IEventStore Store() => new InMemoryEventStore();
}

/// <summary>The default: SQLite in the data folder.</summary>
public sealed class GatewayOnSqliteTests : GatewaySuite
{
    protected override IEventStore? Store() => null;
}

/// <summary>What a caller of the whole server sees, whichever store is under it.</summary>
public abstract class GatewaySuite
{
    /// <summary>A store of the test's own, or null for the server's default.</summary>
    protected abstract IEventStore? Store();

    [Fact(DisplayName = "R-056 R-059 D'un acte à l'avenant intégré, avec sa preuve")]
    public async Task From_an_act_to_an_integrated_avenant()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche(), RequestId = "ouvrir" });
        var added = await server.Contrats.AddEngagementAsync(new() { Contrat = RunningServer.Contrat, Engagement = RunningServer.Engagement() });
        Assert.True(added.Recorded.Changed);
        await server.OpenAndSign();

        var submitted = await server.Submit(RunningServer.Rc("RC-1", 8), RunningServer.Money("-350.5", "A"));
        Assert.All(submitted.Answers, a => Assert.Equal(V1.ActOutcome.Recorded, a.Outcome));

        var items = await server.Contrats.ListPendingItemsAsync(new() { Contrat = RunningServer.Contrat });
        Assert.Equal(2, items.TotalSize);
        var item = items.Items[0];
        Assert.Equal((V1.Volet.A2V2, "2026-02-01", false), (item.Volet, item.ValidOn, item.Conflict));
        Assert.Null(item.Before);
        Assert.Equal(8, item.After.Rc.Capacite);
        Assert.Equal(("décision", "2026-17", "outil-1"), (item.Cause.Acte.Kind, item.Cause.Acte.Number, item.Cause.Request));
        Assert.Equal("-350.50", items.Items[1].Amount);

        var proposals = await server.Contrats.ProposeAvenantsAsync(new() { Contrat = RunningServer.Contrat });
        Assert.Equal(["2026-02-01", "2026-02-15"], proposals.Proposals.Select(p => p.DateEffet));

        var opened = await server.Avenants.OpenAvenantAsync(new()
        {
            Contrat = RunningServer.Contrat, RequestId = "avenant-mars", DateEffet = "2026-03-01", Motif = V1.AvenantMotif.SocleCommun, AllPending = true, Etag = items.Etag,
        });
        await server.Avenants.ChangeEngagementAsync(new()
        {
            Name = opened.Name, Change = new() { ChangeCible = new() { Number = 1, Indicateur = 1, Rang = 2, Valeur = "9" } },
        });
        await server.Avenants.SignAvenantAsync(new() { Name = opened.Name, Party = V1.Signatory.RepresentantLegal, SignedBy = "Mme A", AnnexesParaphees = { 1, 2, 3 } });
        await server.Avenants.SignAvenantAsync(new() { Name = opened.Name, Party = V1.Signatory.DgArs, SignedBy = "M. B", AnnexesParaphees = { 1, 2, 3 } });
        var before = await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat });
        Assert.Empty(before.Contrat.Volets);
        var integrated = await server.Avenants.IntegrateAvenantAsync(new() { Name = opened.Name });

        var after = (await server.Contrats.GetContratAsync(new()
        {
            Name = RunningServer.Contrat, AsOf = new() { MinLogPosition = integrated.Recorded.LogPosition },
        })).Contrat;
        Assert.Equal([V1.Volet.A2V2, V1.Volet.A2V4], after.Volets.Select(v => v.Volet));
        Assert.Equal(1, after.Volets[0].Lignes[0].Avenant);
        Assert.Equal("9", after.Engagements[0].Indicateurs[0].Cibles[1]);
        Assert.Equal((0, V1.AvenantStatut.Integre), (after.Figures.Pending, after.Avenants[0].Statut));
        Assert.Equal(integrated.Recorded.Etag, after.Etag);
        var first = await server.Avenants.GetAvenantAsync(new() { Name = opened.Name, PageSize = 1 });
        var second = await server.Avenants.GetAvenantAsync(new() { Name = opened.Name, PageSize = 1, PageToken = first.NextPageToken });
        Assert.Equal((2, ""), (first.TotalSize, second.NextPageToken));
        Assert.Equal(items.Items.Select(i => i.Id).Order(StringComparer.Ordinal), first.Avenant.Items.Concat(second.Avenant.Items).Select(i => i.Id));
        Assert.All(first.Avenant.Items.Concat(second.Avenant.Items), i => Assert.Equal(V1.ItemPlace.Integrated, i.Place));
        Assert.Single((await server.Avenants.ListAvenantsAsync(new() { Contrat = RunningServer.Contrat })).Avenants);
    }

    [Fact(DisplayName = "R-017 Un contrat dont nul n'a publié le socle le dit, jusqu'à ce qu'on le publie")]
    public async Task A_socle_is_published_once()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        await server.OpenAndSign();
        var before = (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat })).Contrat;
        Assert.Contains(before.Warnings, w => w.Rule == "R-017");

        var request = new V1.PublishSocleRequest
        {
            Version = RunningServer.Fiche().SocleVersion,
            Texte = new() { Fondements = "f", Champ = "c", Suivi = "s", Revision = "r", Sanctions = "s", Renouvellement = "r", Duree = "d" },
        };
        var published = await server.Socles.PublishSocleAsync(request);
        await server.Settle(published.Recorded.LogPosition);
        Assert.False((await server.Socles.PublishSocleAsync(request)).Recorded.Changed);
        var after = (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat })).Contrat;
        Assert.DoesNotContain(after.Warnings, w => w.Rule == "R-017");
        Assert.Equal("2026-03-02", after.SoclePublishedOn);

        var socle = (await server.Socles.GetSocleAsync(new() { Name = published.Name })).Socle;
        Assert.Equal(("c", 1), (socle.Texte.Champ, socle.Contrats));
        Assert.Equal(socle, Assert.Single((await server.Socles.ListSoclesAsync(new())).Socles));
        request.Texte.Duree = "autre";
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Socles.PublishSocleAsync(request));
        Assert.Equal(V1.RefusalCode.SoclePublishedOtherwise, RunningServer.DetailOf<V1.RefusalDetail>(refused).Code);
        await Assert.ThrowsAsync<RpcException>(async () => await server.Socles.GetSocleAsync(new() { Name = "socles/autre" }));
    }

    [Fact(DisplayName = "Ce qui est trop long est refusé par son nom, et l'origine d'une RC se lit où la RC se lit")]
    public async Task Long_texts_and_origins()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        foreach (var numero in new[] { new string('x', 300), "75\0C1" })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche(numero) }));
            Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        }

        await server.OpenAndSign();
        var act = RunningServer.Rc("RC-1", 8);
        act.Rc.Origine = new() { Kind = V1.OrigineKind.Prs, Reference = "fiche 12" };
        act.Rc.Procedure = new() { Kind = V1.ProcedureKind.AppelAProjets, Dossier = "AAP-7" };
        await server.Submit(act);
        var line = Assert.Single((await server.Sites.GetSiteAsync(new() { Name = $"sites/{RunningServer.Site}" })).Site.Lignes).Ligne;
        Assert.Equal(act.Rc.Origine, line.Rc.Origine);
        Assert.EndsWith("(PRS, fiche 12 ; appel à projets, dossier AAP-7)", line.Summary, StringComparison.Ordinal);
        var silent = await server.Submit(RunningServer.Rc("RC-1", 8));
        Assert.Equal(V1.ActOutcome.NothingNew, Assert.Single(silent.Answers).Outcome);
        Assert.Equal(act.Rc.Procedure, Assert.Single((await server.Contrats.ListPendingItemsAsync(new() { Contrat = RunningServer.Contrat })).Items).After.Rc.Procedure);
    }

    [Fact(DisplayName = "La première signature d'un contrat et d'un avenant se retire, avec son motif dans l'historique")]
    public async Task A_first_signature_is_withdrawn()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        var contrat = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        await server.Settle(contrat.Recorded.LogPosition);
        await TestKit.Approbations.OfEps(server.Approbations, contrat.Name, "2025-11-01");
        await server.Contrats.SignContratAsync(new()
        {
            Contrat = contrat.Name, Party = V1.Signatory.RepresentantLegal, SignedBy = "Mme A", On = "2025-11-01", AnnexesParaphees = { 1, 2, 3 },
        });
        await server.Submit(RunningServer.Rc("RC-1", 8));
        var withdrawn = await server.Contrats.WithdrawContratSignatureAsync(new() { Contrat = contrat.Name, Reason = "Erreur dans l'annexe 2" });
        var read = (await server.Contrats.GetContratAsync(new() { Name = contrat.Name, AsOf = new() { MinLogPosition = withdrawn.Recorded.LogPosition } })).Contrat;
        Assert.Equal((V1.ContratStatut.Projet, 0, V1.Volet.A2V2), (read.Statut, read.Figures.Pending, Assert.Single(read.Volets).Volet));

        await server.OpenAndSign();
        await server.Submit(RunningServer.Rc("RC-1", 9));
        var opened = await server.Avenants.OpenAvenantAsync(new()
        {
            Contrat = contrat.Name, RequestId = "a1", DateEffet = "2026-03-01", Motif = V1.AvenantMotif.SocleCommun, AllPending = true,
        });
        await server.Avenants.SignAvenantAsync(new() { Name = opened.Name, Party = V1.Signatory.RepresentantLegal, SignedBy = "Mme A", AnnexesParaphees = { 1, 2, 3 } });
        var back = await server.Avenants.WithdrawAvenantSignatureAsync(new() { Name = opened.Name, Reason = "Cible à revoir" });
        var avenant = (await server.Avenants.GetAvenantAsync(new() { Name = opened.Name, AsOf = new() { MinLogPosition = back.Recorded.LogPosition } })).Avenant;
        Assert.Equal(V1.AvenantStatut.Ouvert, avenant.Statut);
        Assert.Null(avenant.SignedByRepresentant);
        var history = await server.Contrats.ListHistoryAsync(new() { Contrat = contrat.Name });
        Assert.Contains(history.Events, e => e.Event == "contrat-signature-withdrawn.1" && e.Description.EndsWith("annexe 2", StringComparison.Ordinal));
    }

    [Fact(DisplayName = "L'historique dit tout, page par page, et tel qu'il était connu")]
    public async Task History_is_paged_and_described()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        await server.OpenAndSign();
        var then = server.Time.GetUtcNow();
        server.Time.Advance(TimeSpan.FromHours(1));
        await server.Submit(RunningServer.Rc("RC-1", 8));

        var first = await server.Contrats.ListHistoryAsync(new() { Contrat = RunningServer.Contrat, PageSize = 5 });
        var second = await server.Contrats.ListHistoryAsync(new() { Contrat = RunningServer.Contrat, PageSize = 5, PageToken = first.NextPageToken });
        Assert.Equal(
            [
                "contrat-opened.1", "socle-caught-up.1", "consultation-recorded.1", "consultation-recorded.1", "consultation-recorded.1",
                "contrat-validated.1", "contrat-signed.1", "contrat-signed.1", "contrat-entered-into-force.1", "item-pended.1",
            ],
            first.Events.Concat(second.Events).Select(e => e.Event));
        Assert.Empty(second.NextPageToken);
        Assert.StartsWith("En attente d'avenant", second.Events[^1].Description, StringComparison.Ordinal);
        Assert.Equal(("relais", "décision"), (second.Events[^1].Author, second.Events[^1].Cause.Acte.Kind));

        var known = await server.Contrats.ListHistoryAsync(new() { Contrat = RunningServer.Contrat, AsOf = new() { KnownAt = Instant(then) } });
        Assert.Equal(9, known.Events.Count);
    }

    [Fact(DisplayName = "Un refus porte son statut, son numéro, sa règle et sa phrase")]
    public async Task A_refusal_carries_its_detail()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        await server.OpenAndSign();
        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Contrats.AddEngagementAsync(new()
        {
            Contrat = RunningServer.Contrat, Engagement = RunningServer.Engagement(),
        }));
        Assert.Equal(StatusCode.FailedPrecondition, thrown.StatusCode);
        var detail = RunningServer.DetailOf<V1.RefusalDetail>(thrown);
        Assert.Equal((V1.RefusalCode.ContratTextSigned, "R-018", false), (detail.Code, detail.Rule, detail.Retriable));
        Assert.Equal(thrown.Status.Detail, detail.Detail);
    }

    [Fact(DisplayName = "Un refus qui cite un long texte reste lisible : il voyage dans des en-têtes (trouvé par make fuzz)")]
    public async Task A_quoted_text_is_cut()
    {
        await using var server = await RunningServer.Start(Store());
        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Contrats.SignContratAsync(new()
        {
            Contrat = RunningServer.Contrat, Party = V1.Signatory.DgArs, On = string.Concat(Enumerable.Repeat("😀", 100_000)),
        }));
        Assert.Equal(StatusCode.InvalidArgument, thrown.StatusCode);
        Assert.Equal("on", RunningServer.DetailOf<V1.CallProblemDetail>(thrown).Field);
        Assert.InRange(thrown.Status.Detail.Length, 400, 501);
        Assert.EndsWith("😀…", thrown.Status.Detail, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Un instant hors du calendrier est un argument refusé (trouvé par make fuzz)")]
    public async Task An_instant_is_of_the_calendar()
    {
        await using var server = await RunningServer.Start(Store());
        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Portfolio.QueryAsync(new() { AsOf = new() { KnownAt = new() { Nanos = -1 } } }));
        Assert.Equal(StatusCode.InvalidArgument, thrown.StatusCode);
        Assert.Equal("as_of.known_at", RunningServer.DetailOf<V1.CallProblemDetail>(thrown).Field);
    }

    [Theory(DisplayName = "Qui n'a pas la personnalité juridique ne conclut pas")]
    [InlineData(RunningServer.Site, V1.RefusalCode.PartieWithoutPersonality)]
    [InlineData(RunningServer.Ght, V1.RefusalCode.GhtNeverSigns)]
    [InlineData("999999999", V1.RefusalCode.EntiteUnknown)]
    public async Task Only_a_legal_person_opens(string number, V1.RefusalCode expected)
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        var fiche = RunningServer.Fiche();
        fiche.Entite = number;
        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Contrats.OpenContratAsync(new() { Fiche = fiche }));
        Assert.Equal(expected, RunningServer.DetailOf<V1.RefusalDetail>(thrown).Code);
    }

    [Fact(DisplayName = "Un etag périmé arrête une écriture, pas la répétition de ce qui est déjà fait")]
    public async Task A_stale_etag_aborts()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        await server.Settle(opened.Recorded.LogPosition);
        var etag = (await server.Contrats.GetContratAsync(new() { Name = RunningServer.Contrat })).Contrat.Etag;
        var first = new V1.AddEngagementRequest { Contrat = RunningServer.Contrat, Engagement = RunningServer.Engagement(1), Etag = etag };
        var done = await server.Contrats.AddEngagementAsync(first);

        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Contrats.AddEngagementAsync(new()
        {
            Contrat = RunningServer.Contrat, Engagement = RunningServer.Engagement(2), Etag = etag,
        }));
        Assert.Equal(StatusCode.Aborted, thrown.StatusCode);
        var detail = RunningServer.DetailOf<V1.CallProblemDetail>(thrown);
        Assert.Equal((V1.CallProblem.EtagStale, done.Recorded.Etag), (detail.Problem, detail.CurrentEtag));
        Assert.False((await server.Contrats.AddEngagementAsync(first)).Recorded.Changed);
    }

    [Fact(DisplayName = "La même demande n'ouvre pas un second avenant")]
    public async Task The_same_request_opens_one_avenant()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        await server.OpenAndSign();
        await server.Submit(RunningServer.Rc("RC-1", 8));
        var request = new V1.OpenAvenantRequest
        {
            Contrat = RunningServer.Contrat, RequestId = "une-fois", DateEffet = "2026-04-01", Motif = V1.AvenantMotif.SocleCommun, AllPending = true,
        };
        var first = await server.Avenants.OpenAvenantAsync(request);
        var again = await server.Avenants.OpenAvenantAsync(request);
        Assert.Equal((first.Name, true, false), (again.Name, first.Recorded.Changed, again.Recorded.Changed));
        request.DateEffet = "2026-05-01";
        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Avenants.OpenAvenantAsync(request));
        Assert.Equal(V1.RefusalCode.AvenantRequestReused, RunningServer.DetailOf<V1.RefusalDetail>(thrown).Code);
    }

    [Fact(DisplayName = "Les deux axes du temps : le jour où un fait vaut, l'instant où il est connu")]
    public async Task Both_axes_of_time()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        await server.Submit(RunningServer.Rc("RC-1", 8, "2026-01-10"));
        var then = server.Time.GetUtcNow();
        server.Time.Advance(TimeSpan.FromDays(1));
        await server.Submit(RunningServer.Rc("RC-1", 12, "2026-02-10"));

        async Task<IEnumerable<int>> Capacite(string validOn, DateTimeOffset? knownAt) => (await server.Sites.GetSiteAsync(new()
        {
            Name = $"sites/{RunningServer.Site}",
            AsOf = new() { ValidOn = validOn, KnownAt = knownAt is { } instant ? Instant(instant) : null },
        })).Site.Lignes.Select(l => l.Ligne.Rc.Capacite);

        Assert.Empty(await Capacite("2026-01-09", null));
        Assert.Equal([8], await Capacite("2026-02-09", null));
        Assert.Equal([12], await Capacite("2026-02-10", null));
        Assert.Equal([8], await Capacite("2026-02-10", then));
    }

    [Fact(DisplayName = "Une lecture attend la position demandée, jusqu'à l'échéance de l'appel")]
    public async Task A_read_waits_for_its_position()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        var last = await server.Node.Store.LastPosition(CancellationToken.None);
        var waiting = server.Portfolio.QueryAsync(new() { AsOf = new() { MinLogPosition = last + 1 } });
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        var answered = await waiting;
        Assert.True(answered.LogPosition >= opened.Recorded.LogPosition);
        Assert.Single(answered.Rows);

        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Portfolio.QueryAsync(
            new() { AsOf = new() { MinLogPosition = last + 1_000_000 } }, deadline: DateTime.UtcNow.AddMilliseconds(300)));
        Assert.Equal(StatusCode.DeadlineExceeded, thrown.StatusCode);
    }

    [Fact(DisplayName = "Entité, site et GHT : identité, argent, contrats, obligation")]
    public async Task Registers_are_read()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        await server.Submit(RunningServer.Rc("RC-1", 8), RunningServer.Money("1000", "A"), RunningServer.Money("-250.25", "B"));
        var alert = Assert.Single((await server.Portfolio.ListAlertsAsync(new() { Ght = RunningServer.Ght })).Alerts);
        Assert.Equal(("R-001", RunningServer.Entite), (alert.Obligation.Rule, alert.Entite));
        Assert.Empty((await server.Portfolio.ListAlertsAsync(new() { Departement = "93" })).Alerts);

        await server.OpenAndSign();
        var entite = (await server.Entites.GetEntiteAsync(new() { Name = $"entites/{RunningServer.Entite}" })).Entite;
        var ledger = Assert.Single(entite.Ledger);
        Assert.Equal((2026, "FIR", "749.75", 2), (ledger.Campagne, ledger.Enveloppe, ledger.Montant, ledger.Mouvements));
        Assert.Equal([RunningServer.Site, RunningServer.OtherSite], entite.Sites.Select(s => s.Finess));
        Assert.Equal("75-C1", Assert.Single(entite.Contrats).Numero);
        Assert.Null(entite.Obligation);
        var ght = (await server.Ghts.GetGhtAsync(new() { Name = $"ghts/{RunningServer.Ght}" })).Ght;
        Assert.Equal((1, V1.GhtRole.Support), (ght.Contrats, ght.Membres[0].Role));
        Assert.Single(ght.Membres[0].Contrats);
        Assert.Single((await server.Entites.ListEntitesAsync(new() { Text = "hopital evariste", Departement = "75", Ght = RunningServer.Ght })).Entites);
        Assert.Empty((await server.Entites.ListEntitesAsync(new() { Text = "clinique" })).Entites);
        Assert.Equal(2, (await server.Sites.ListSitesAsync(new() { Entite = RunningServer.Entite })).TotalSize);
        Assert.Single((await server.Ghts.ListGhtsAsync(new() { Departement = "75" })).Ghts);
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await server.Sites.GetSiteAsync(new() { Name = "sites/000000000" }));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact(DisplayName = "Actes d'un autre outil : enregistré, rien de neuf, en attente, refusé, illisible")]
    public async Task Each_act_is_answered()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        var unknownSite = RunningServer.Rc("RC-9", 1);
        (unknownSite.Finess, unknownSite.Entite) = ("930000015", "930000023");
        var subjectToAuthorisation = RunningServer.Rc("RC-3", 1);
        subjectToAuthorisation.Rc.Activite = "04";
        var unreadable = RunningServer.Rc("RC-4", 1, "hier");
        var onEntite = RunningServer.Rc("RC-5", 1);
        onEntite.Finess = RunningServer.Entite;
        var response = await server.Submit(RunningServer.Rc("RC-1", 8), RunningServer.Rc("RC-1", 8), unknownSite, subjectToAuthorisation, unreadable, onEntite);
        Assert.Equal(
            [V1.ActOutcome.Recorded, V1.ActOutcome.NothingNew, V1.ActOutcome.Waiting, V1.ActOutcome.Refused, V1.ActOutcome.Refused, V1.ActOutcome.Refused],
            response.Answers.Select(a => a.Outcome));
        Assert.Equal("R-045", response.Answers[3].Refusal.Rule);
        Assert.Equal("valid_on", response.Answers[4].Problem.Field);
        Assert.Equal(V1.RefusalCode.LigneMisplaced, response.Answers[5].Refusal.Code);
        var entry = Assert.Single((await server.Intake.ListQuarantineAsync(new())).Entries);
        Assert.Equal(("930000015", false, 1), (entry.Waiting.Finess, entry.Waiting.IsEntite, entry.Waiting.Facts));
    }

    [Fact(DisplayName = "R-004 L'acte d'un outil qui attendait sous une autre entité que celle du site est montré comme refusé")]
    public async Task An_act_that_waited_in_vain()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        var act = RunningServer.Rc("RC-9", 1);
        (act.Finess, act.Entite) = ("930000015", "930000023");
        await server.Submit(act);
        var site = new SiteCommand.Register("930000015", RunningServer.Entite, new("Site nouveau", "355", "Paris", "75"), new(2000, 1, 1), null, server.Node.Today);
        await server.Settle(await server.Send("930000015", site));
        var entry = Assert.Single((await server.Intake.ListQuarantineAsync(new())).Entries);
        Assert.Equal(("930000015", RunningServer.Entite, 1, "R-004"), (entry.Refused.Finess, entry.Refused.Entite, entry.Refused.Facts, entry.Refused.Rule));
    }

    [Fact(DisplayName = "Une demande dit plusieurs états d'une ligne, chacun répondu ; renvoyée, elle ne change rien")]
    public async Task Several_states_of_a_line()
    {
        await using var server = await RunningServer.Start(Store());
        await server.Register();
        var negative = RunningServer.Rc("RC-1", -1);
        var request = new V1.SubmitActsRequest
        {
            Acts = { RunningServer.Rc("RC-1", 8), RunningServer.Rc("RC-1", 12, "2026-02-10"), negative, RunningServer.Rc("RC-1", 12, "2026-02-20", ended: true), RunningServer.Rc("RC-2", 1) },
            RequestId = "plusieurs",
        };
        var first = await server.Intake.SubmitActsAsync(request);
        Assert.Equal(
            [V1.ActOutcome.Recorded, V1.ActOutcome.Recorded, V1.ActOutcome.Refused, V1.ActOutcome.Recorded, V1.ActOutcome.Recorded], first.Answers.Select(a => a.Outcome));
        await server.Settle(first.LogPosition);
        var last = await server.Node.Store.LastPosition(CancellationToken.None);
        var again = await server.Intake.SubmitActsAsync(request);
        Assert.Equal([V1.ActOutcome.NothingNew, V1.ActOutcome.Refused], again.Answers.Select(a => a.Outcome).Distinct());
        Assert.Equal(last, await server.Node.Store.LastPosition(CancellationToken.None));
    }

    private static Google.Protobuf.WellKnownTypes.Timestamp Instant(DateTimeOffset instant) =>
        Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(instant);
}
