using System.Collections.Immutable;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>What may happen to a contrat, drawn at random; each step is made into a command on the state that it meets.</summary>
internal sealed record Step(int Kind, int Line, int Value);

/// <summary>Plays steps on a contrat and keeps all that the properties ask about.</summary>
internal sealed class Histoire
{
    private static readonly Ligne[] Lines = [Rc, OtherRc, Amm, Mig];
    private readonly Dictionary<string, (int Revision, Ligne? Current)> _sources = [];

    public ContratState State { get; private set; } = Contrat.Initial;

    public List<ContratEvent> Events { get; } = [];

    public List<Act> Acts { get; } = [];

    /// <summary>Accepted commands that added something when they were sent a second time.</summary>
    public List<ContratCommand> NotRepeatable { get; } = [];

    public ContratState.Ouvert Ouvert => (ContratState.Ouvert)State;

    /// <summary>A contrat in force, its socle already holding two of the lines.</summary>
    public static Histoire Start()
    {
        var histoire = new Histoire();
        histoire.Send(Open());
        histoire.Send(new AddEngagement(Engagement() with { Contrepartie = null }, Before));
        histoire.SendAct(0, 3);
        histoire.SendAct(2, 1);
        histoire.Send(new CompleteCatchUp(Before));
        Assert.All(Avis, consultation => Assert.True(histoire.Send(new RecordConsultation(null, consultation))));
        histoire.Send(new Validate(null, Role.DelegueDepartemental, "Mme Blanc", Before));
        histoire.Send(Sign(Signatory.RepresentantLegal, "Mme Petit", Before));
        histoire.Send(Sign(Signatory.DgArs, "M. Roy", Before));
        return histoire;
    }

    public static Gen<Step[]> Steps() => Gen.Choose(0, 13).SelectMany(kind => Gen.Choose(0, 3).SelectMany(line => Gen.Choose(0, 4).Select(value => new Step(kind, line, value)))).ArrayOf();

    public static Histoire Play(IEnumerable<Step> steps)
    {
        var histoire = Start();
        foreach (var step in steps)
        {
            histoire.Play(step);
        }

        return histoire;
    }

    /// <summary>Every avenant under way is signed and integrated, then what still waits goes through a last one.</summary>
    public void Finish()
    {
        foreach (var avenant in Ouvert.Avenants.Values.Where(a => a.IsUnderWay).Reverse().ToList())
        {
            SignAndIntegrate(avenant.Number);
        }

        Send(new OpenAvenant("last", DateFin, AvenantMotif.SocleCommun, true, [], AcceptConflicts: true, Today));
        SignAndIntegrate(Ouvert.Avenants.Count);
    }

    public bool Send(ContratCommand command)
    {
        if (Contrat.Decide(State, command) is not Decision<ContratEvent>.Accepted accepted)
        {
            return false;
        }

        State = accepted.Events.Aggregate(State, Contrat.Evolve);
        Events.AddRange(accepted.Events);
        if (Contrat.Decide(State, command) is Decision<ContratEvent>.Accepted { Events.Count: > 0 })
        {
            NotRepeatable.Add(command);
        }

        return true;
    }

    private void Play(Step step)
    {
        var avenant = Ouvert.Avenants.Count == 0 ? 1 : 1 + (step.Value % Ouvert.Avenants.Count);
        var item = Ouvert.Items.Keys.Order(StringComparer.Ordinal).Skip(step.Value).FirstOrDefault() ?? "none";
        _ = step.Kind switch
        {
            <= 3 => SendAct(step.Line, step.Value),
            4 => Acts.Count > 0 && Send(new RecordAct(Acts[step.Value % Acts.Count], false)),
            5 => Send(new OpenAvenant($"r{Ouvert.Avenants.Count + 1}", new(2026, 7, 1 + step.Line), AvenantMotif.SocleCommun, true, [], step.Value > 2, Today)),
            6 => Send(Request($"r{Ouvert.Avenants.Count + 1}", [.. Ouvert.PendingByLigne.Values.Order(StringComparer.Ordinal).Take(1 + (step.Line % 2))])),
            7 => Send(new AbandonAvenant(avenant, "retard", Today)),
            8 => Send(SignAvenant(avenant, step.Line == 0 ? Signatory.DgArs : Signatory.RepresentantLegal, "Mme Petit", Today)),
            9 => SignAndIntegrate(avenant),
            12 => Send(new WithdrawAvenantSignature(avenant, "coquille", Today)),
            10 => Send(new DismissItem(item, "doublon", Today)),
            13 => Send(new RecordValeur(1 + (step.Value % 2), 1, 2026 + step.Line, $"{10 + step.Value}", $"PMSI {step.Line}", DateFin)),
            _ => Send(new ChangeEngagement(avenant, ChangeOf(step), Today)),
        };
    }

    private static EngagementChange ChangeOf(Step step) => step.Line switch
    {
        0 => new EngagementChange.Add(Engagement(1 + step.Value)),
        1 => new EngagementChange.Remove(1 + (step.Value % 2)),
        2 => new EngagementChange.ChangeCible(1 + (step.Value % 2), 1, 1 + step.Value, $"{step.Value}"),
        _ => new EngagementChange.MoveEcheance(1, 1, 1 + (step.Value % 3), 1 + step.Value),
    };

    private bool SendAct(int line, int value)
    {
        var ligne = Lines[line];
        var (revision, current) = _sources.GetValueOrDefault(ligne.Id, (0, null));
        var act = Act(revision + 1, current, value == 0 && current is not null ? null : Valued(ligne, value), Before.AddDays(Acts.Count));
        _sources[ligne.Id] = (revision + 1, act.After);
        Acts.Add(act);
        return Send(new RecordAct(act, false));
    }

    private bool SignAndIntegrate(int avenant) =>
        (Send(SignAvenant(avenant, Signatory.RepresentantLegal, "Mme Petit", Today)) | Send(SignAvenant(avenant, Signatory.DgArs, "M. Roy", Today)))
        & Send(new IntegrateAvenant(avenant, DateFin));

    private static Ligne Valued(Ligne ligne, int value) => ligne switch
    {
        Ligne.Rc rc => rc with { Capacite = value },
        Ligne.Autorisation aut => aut with { Fin = new(2030 + value, 1, 1) },
        Ligne.Financement mig => mig with { Montant = value },
        _ => throw new InvalidOperationException(),
    };
}

/// <summary>A state as text, in one order, so that two states can be compared whatever dictionaries they are made of.</summary>
internal static class Observation
{
    public static string Of(ContratState.Ouvert s) => string.Join('\n',
    [
        $"{s.Fiche} {s.Phase} {s.CaughtUp} {s.SignedByRepresentant} {s.SignedByDgArs}",
        .. s.Sites.Select(p => $"site {p}"),
        .. Sorted("ligne", s.Lignes.Select(p => $"{p.Key} {p.Value.Versions}")),
        .. s.Engagements.Values.Select(e => $"engagement {e}"),
        .. Sorted("seen", s.Seen),
        .. Sorted("item", s.Items.Values.Select(i => $"{i}")),
        .. Sorted("pending", s.PendingByLigne.Select(p => $"{p}")),
        .. s.Avenants.Values.Select(a => $"avenant {a}"),
        .. Sorted("taken", s.TakenByLigne.SelectMany(p => p.Value.Select(t => $"{p.Key} {t}"))),
        $"accord {s.Accord}",
        $"cloture {s.Cloture}",
        $"suivi {s.Suivi.Rappels.KnownFrom} {s.Suivi.Renouvellement}",
        .. s.Suivi.Evaluations.Select(p => $"evaluation {p}"),
        .. s.Suivi.Rappels.Reached.Select(p => $"reached {p}"),
        .. Execution.Of(s).Valeurs.Select(p => $"valeur {p}"),
        .. Execution.Of(s).Bilans.Select(p => $"bilan {p}"),
        $"rapport {Execution.Of(s).RapportFinal} {Execution.Of(s).Reconduction} {Execution.Of(s).Successeur}",
        $"formalites {s.Formalites.Niveau} {s.Formalites.Notification}",
        .. s.Formalites.Approbations.Select(p => $"approbation {p}"),
        .. s.Formalites.Demandes.Select(p => $"demande {p}"),
        .. Sorted("lien", s.Liens.Select(p => $"{p}")),
        .. Sorted("flag", s.FlaggedEngagements.Select(p => $"{p}").Concat(s.FlaggedFinancements.Select(p => $"{p}"))),
    ]);

    public static string Of(Registre r) => string.Join('\n', Sorted("ligne", r.Lignes.Where(p => p.Value.Current is not null).Select(p => $"{p.Key} {p.Value.Current}")));

    private static IEnumerable<string> Sorted(string what, IEnumerable<string> texts) => texts.Order(StringComparer.Ordinal).Select(t => $"{what} {t}");
}
