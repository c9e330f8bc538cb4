using Cpom.Domain.Negociations;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Specs.Dossiers;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>Whatever both parties ask, in any order: the locks of a report hold.</summary>
public sealed class DiagnosticVoletProperties
{
    private static readonly Volet[] Three = [Volet.A1V2, Volet.A2V3, Volet.A3V1];

    [Fact(DisplayName = "R-067 Nulle suite de demandes ne change un volet partagé, ne laisse écrire hors de son tour, ne partage un volet sans analyse, ni ne rejoue deux fois la même")]
    public void Locks_hold() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(40), Prop.ForAll(Gen.Choose(0, 99_999).ArrayOf().ToArbitrary(), walk =>
    {
        var state = State(Recue);
        foreach (var (n, choice) in walk.Index())
        {
            var command = Asked(choice, Remis.AddDays(n / 3));
            if (Negociation.Decide(state, command) is not Decision<NegociationEvent>.Accepted { Events: { Count: > 0 } events })
            {
                continue;
            }

            var next = (NegociationState.Ouverte)events.Aggregate((NegociationState)state, Negociation.Evolve);
            AssertLocked(state.Structures[Ej], next.Structures[Ej]);
            Assert.Empty(Assert.IsType<Decision<NegociationEvent>.Accepted>(Negociation.Decide(next, command)).Events);
            state = next;
        }
    }));

    private static void AssertLocked(Dossier before, Dossier after)
    {
        foreach (var volet in Three)
        {
            foreach (var auteur in Enum.GetValues<RapportAuteur>())
            {
                var cle = Section.CleOf(volet, auteur);
                Assert.True(before.Sections.GetValueOrDefault(cle) == after.Sections.GetValueOrDefault(cle) || before.OpenFor(volet) == auteur, $"{auteur} wrote {volet}, which was open for {before.OpenFor(volet)}");
            }

            Assert.True(before.EtapeOf(volet) != VoletEtape.Partage || after.EtapeOf(volet) == VoletEtape.Partage, $"{volet} was shared");
            Assert.True(before.EtapeOf(volet) == VoletEtape.Partage || after.EtapeOf(volet) != VoletEtape.Partage || !after.Written().Contains(volet) || before.EtapeOf(volet) == VoletEtape.Analyse, $"{volet} is shared without an analysis");
            Assert.True(after.VoletOf(volet).RemisOn is null || after.IsWritten(volet, RapportAuteur.Structure), $"{volet} is handed over and says nothing");
        }

        Assert.True(after.RapportOn is null || after.Written().Any(), "The report is complete and says nothing");
        Assert.True(after.DiagnosticOn is null || after.RapportOn is not null && after.Written().All(v => after.VoletOf(v).PartageOn <= after.DiagnosticOn), "The diagnosis is shared before all of its volets");
    }

    private static NegociationCommand Asked(int choice, DateOnly on)
    {
        var volet = Three[choice / 10 % 3];
        ValueList<Volet> named = (choice / 30 % 4) switch { 0 => [], 1 => [volet], 2 => [volet, Three[choice / 120 % 3]], _ => [volet] };
        return (choice % 10) switch
        {
            < 2 => new WriteSection(Ej, new(volet, RapportAuteur.Structure, choice % 7 == 0 ? " " : $"{choice % 4}", []), on),
            < 4 => new WriteSection(Ej, new(volet, RapportAuteur.Agence, choice % 7 == 0 ? " " : $"{choice % 4}", []), on),
            < 6 => new HandOverRapport(Ej, on, named),
            < 7 => new ReturnRapport(Ej, "à revoir", on, named),
            _ => new ShareDiagnostic(Ej, on, named),
        };
    }
}
