using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Xunit;
using static Cpom.Domain.Entites.EntiteCommand;
using static Cpom.Domain.Entites.EntiteEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Entites.Entite, Cpom.Domain.Entites.EntiteState, Cpom.Domain.Entites.EntiteCommand, Cpom.Domain.Entites.EntiteEvent>;

namespace Cpom.Domain.Specs;

/// <summary>The register of other contracts, with its bounds: <see cref="Limits.AutresContratsParEntiteMax"/> and those of each kind.</summary>
public sealed class AutresContratsSpecs
{
    private static readonly EntiteRegistered Hopital = new(Before, Ej, Faits.Hopital);
    private static readonly AutreContratFiche Caqes = new("CAQES-2026", new AutreContrat.Caqes([CaqesVolet.Transports, CaqesVolet.Pertinence]), "Bon usage et pertinence", DateEffet, DateFin);
    private static readonly AutreContratFiche Clause = new("CLIN-2026", new AutreContrat.Cliniciens(2, "praticiens sur postes vacants", ["radiologie", "anesthésie"]), "Attractivité", DateEffet, null);
    private static readonly AutreContratFiche Pref = new("PREF-2026", new AutreContrat.Pref("Équilibre en 2028 par la maîtrise des charges."), "Retour à l'équilibre", DateEffet, new(2028, 12, 31));
    private static readonly ContratDeClinicien Clinicien = new("C-1", "radiologie", Today);

    [Fact(DisplayName = "R-124 Un autre contrat s'inscrit une fois, par son numéro")]
    public void Records()
    {
        Given(Hopital).When(new RecordAutreContrat(Caqes)).Then(new AutreContratRecorded(DateEffet, Caqes));
        Given(Hopital, new AutreContratRecorded(DateEffet, Caqes)).When(new RecordAutreContrat(Caqes)).ThenNothing();
        Given(Hopital, new AutreContratRecorded(DateEffet, Caqes)).When(new RecordAutreContrat(Caqes with { Objet = "Autre" })).ThenRefusedSaying(RefusalCode.AutreContratUnfit, "CAQES-2026");
    }

    [Theory(DisplayName = "R-124 Il a un numéro, et ne finit pas avant de commencer")]
    [InlineData("", "2026-12-31")]
    [InlineData("X", "2025-12-31")]
    public void Malformed(string numero, string to) => Given(Hopital)
        .When(new RecordAutreContrat(Caqes with { Numero = numero, To = DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture) })).ThenRefused(RefusalCode.AutreContratUnfit);

    [Fact(DisplayName = "R-124 Une entité en a cinq cents au plus")]
    public void Many()
    {
        var many = Enumerable.Range(1, 500).Select(n => new AutreContratRecorded(DateEffet, Caqes with { Numero = $"{n}" })).ToList();
        Given([Hopital, .. many]).When(new RecordAutreContrat(Caqes)).ThenRefusedSaying(RefusalCode.AutreContratUnfit, "au plus 500");
        Given([Hopital, .. many[1..]]).When(new RecordAutreContrat(Caqes)).Then(new AutreContratRecorded(DateEffet, Caqes));
    }

    [Fact(DisplayName = "R-124 Il prend fin avant son terme, avec son motif, une fois")]
    public void Ends()
    {
        var recorded = new AutreContratRecorded(DateEffet, Caqes);
        var ended = new AutreContratEnded(Today, "CAQES-2026", "Fusion.");
        Given(Hopital, recorded).When(new EndAutreContrat("CAQES-2026", "Fusion.", Today)).Then(ended);
        Given(Hopital, recorded, ended).When(new EndAutreContrat("CAQES-2026", "Fusion.", Today)).ThenNothing();
        Given(Hopital, recorded, ended).When(new EndAutreContrat("CAQES-2026", "Fusion.", DateFin)).ThenRefused(RefusalCode.AutreContratUnfit);
        Given(Hopital).When(new EndAutreContrat("CAQES-2026", "Fusion.", Today)).ThenRefused(RefusalCode.AutreContratUnfit);
        var inscrit = AutresContrats.Evolve(AutresContrats.Evolve(null, recorded), ended)["CAQES-2026"];
        Assert.Equal((true, false, false), (inscrit.IsValidOn(Today.AddDays(-1)), inscrit.IsValidOn(Today), inscrit.IsValidOn(DateEffet.AddDays(-1))));
    }

    [Fact(DisplayName = "R-058 Sa fin se motive, et le motif est borné")]
    public void Ends_for_a_reason() => Given(Hopital, new AutreContratRecorded(DateEffet, Caqes)).When(new EndAutreContrat("CAQES-2026", " ", Today)).ThenRefused(RefusalCode.ReasonMissing);

    [Fact(DisplayName = "Les textes d'un autre contrat sont bornés, et l'entité connue")]
    public void Long_texts()
    {
        Given(Hopital).When(new RecordAutreContrat(Caqes with { Objet = new string('x', 4_001) })).ThenRefused(RefusalCode.TexteTooLong);
        Given(Hopital, new AutreContratRecorded(DateEffet, Caqes)).When(new EndAutreContrat("CAQES-2026", new string('x', 4_001), Today)).ThenRefused(RefusalCode.TexteTooLong);
        Given(Hopital).When(new RecordAutreContrat(Pref with { Contrat = new AutreContrat.Pref(new string('x', 4_001)) })).ThenRefused(RefusalCode.TexteTooLong);
        Given().When(new RecordAutreContrat(Caqes)).ThenRefused(RefusalCode.EntiteUnknown);
    }

    [Fact(DisplayName = "R-125 Un CAQES a son socle, et chaque volet optionnel une fois au plus")]
    public void Volets()
    {
        Given(Hopital).When(new RecordAutreContrat(Caqes with { Contrat = new AutreContrat.Caqes([]) })).Then(new AutreContratRecorded(DateEffet, Caqes with { Contrat = new AutreContrat.Caqes([]) }));
        Given(Hopital).When(new RecordAutreContrat(Caqes with { Contrat = new AutreContrat.Caqes([CaqesVolet.Capes, CaqesVolet.Capes]) })).ThenRefused(RefusalCode.AutreContratUnfit);
        Given(Hopital).When(new RecordAutreContrat(Caqes with { Contrat = new AutreContrat.Caqes([(CaqesVolet)9]) })).ThenRefused(RefusalCode.AutreContratUnfit);
    }

    [Fact(DisplayName = "R-126 Un PREF dit ses modalités, et vaut pendant ses jours")]
    public void Terms()
    {
        Given(Hopital).When(new RecordAutreContrat(Pref with { Contrat = new AutreContrat.Pref(" ") })).ThenRefused(RefusalCode.AutreContratUnfit);
        var register = AutresContrats.Evolve(AutresContrats.Evolve(null, new AutreContratRecorded(DateEffet, Caqes)), new AutreContratRecorded(DateEffet, Pref)).Values;
        Assert.Equal("PREF-2026", AutreContratRules.PrefOn(register, Today));
        Assert.Null(AutreContratRules.PrefOn(register, new(2029, 1, 1)));
    }

    [Fact(DisplayName = "R-127 Un CREF n'est pas signé dans cette région, qui approuve un PREF")]
    public void Not_signed() => Given(Hopital).When(new RecordAutreContrat(Pref with { Contrat = new AutreContrat.Cref() })).ThenRefusedSaying(RefusalCode.AutreContratUnfit, "PREF");

    [Fact(DisplayName = "R-128 Les contrats de clinicien restent dans le nombre et les spécialités que fixe le CPOM")]
    public void Cliniciens()
    {
        var clause = new AutreContratRecorded(DateEffet, Clause);
        var first = new ClinicienConcluded(Today, "CLIN-2026", Clinicien);
        var second = new ClinicienConcluded(Today, "CLIN-2026", Clinicien with { Reference = "C-2", Specialite = "anesthésie" });
        Given(Hopital, clause).When(new ConcludeClinicien("CLIN-2026", Clinicien)).Then(first);
        Given(Hopital, clause, first).When(new ConcludeClinicien("CLIN-2026", Clinicien)).ThenNothing();
        Given(Hopital, clause, first).When(new ConcludeClinicien("CLIN-2026", Clinicien with { Specialite = "anesthésie" })).ThenRefusedSaying(RefusalCode.AutreContratUnfit, "C-1");
        Given(Hopital, clause, first, second).When(new ConcludeClinicien("CLIN-2026", Clinicien with { Reference = "C-3" })).ThenRefusedSaying(RefusalCode.AutreContratUnfit, "au plus 2");
        Given(Hopital, clause).When(new ConcludeClinicien("CLIN-2026", Clinicien with { Specialite = "gériatrie" })).ThenRefusedSaying(RefusalCode.AutreContratUnfit, "radiologie");
        Given(Hopital, clause).When(new ConcludeClinicien("CLIN-2026", Clinicien with { On = Before })).ThenRefused(RefusalCode.AutreContratUnfit);
        Given(Hopital, clause).When(new ConcludeClinicien("CAQES-2026", Clinicien)).ThenRefused(RefusalCode.AutreContratUnfit);
    }

    /// <summary><see cref="Limits.CliniciensMax"/>, <see cref="Limits.SpecialitesMax"/>.</summary>
    [Theory(DisplayName = "R-128 La clause a un nombre de un à mille, une nature et une à deux cents spécialités")]
    [InlineData(0, "n", 1)]
    [InlineData(1_001, "n", 1)]
    [InlineData(1, " ", 1)]
    [InlineData(1, "n", 0)]
    [InlineData(1, "n", 201)]
    public void Unfit_clause(int max, string nature, int specialites) => Given(Hopital)
        .When(new RecordAutreContrat(Clause with { Contrat = new AutreContrat.Cliniciens(max, nature, Enumerable.Range(1, specialites).Select(n => $"{n}").ToValueList()) })).ThenRefused(RefusalCode.AutreContratUnfit);

    [Fact(DisplayName = "R-128 Mille contrats et deux cents spécialités au plus")]
    public void Largest_clause()
    {
        var largest = Clause with { Contrat = new AutreContrat.Cliniciens(1_000, "n", Enumerable.Range(1, 200).Select(n => $"{n}").ToValueList()) };
        Given(Hopital).When(new RecordAutreContrat(largest)).Then(new AutreContratRecorded(DateEffet, largest));
    }

    [Fact(DisplayName = "R-128 Les établissements publics de santé seulement")]
    public void Public_only() => Given(new EntiteRegistered(Before, Ej, new("Clinique du Parc", "72", null, null, "75"))).When(new RecordAutreContrat(Clause)).ThenRefused(RefusalCode.AutreContratUnfit);

    [Fact(DisplayName = "R-129 Un CPOM médico-social est un autre contrat, à part")]
    public void Apart()
    {
        var medicoSocial = Caqes with { Numero = "MS-1", Contrat = new AutreContrat.MedicoSocial() };
        Given(Hopital).When(new RecordAutreContrat(medicoSocial)).Then(new AutreContratRecorded(DateEffet, medicoSocial));
    }

    /// <summary><see cref="Limits.CommunesMax"/>.</summary>
    [Fact(DisplayName = "R-130 Un CLS porte sur des communes, par leur code INSEE, deux mille au plus")]
    public void Communes()
    {
        var cls = Caqes with { Contrat = new AutreContrat.Cls(Enumerable.Range(10_000, 2_000).Select(n => $"{n}").ToValueList()) };
        Given(Hopital).When(new RecordAutreContrat(cls)).Then(new AutreContratRecorded(DateEffet, cls));
        Given(Hopital).When(new RecordAutreContrat(cls with { Contrat = new AutreContrat.Cls(Enumerable.Range(10_000, 2_001).Select(n => $"{n}").ToValueList()) })).ThenRefused(RefusalCode.AutreContratUnfit);
        Given(Hopital).When(new RecordAutreContrat(cls with { Contrat = new AutreContrat.Cls(["7511"]) })).ThenRefused(RefusalCode.AutreContratUnfit);
        Given(Hopital).When(new RecordAutreContrat(cls with { Contrat = new AutreContrat.Cls([]) })).ThenRefused(RefusalCode.AutreContratUnfit);
    }

    /// <summary><see cref="Limits.LignesParConventionMax"/>.</summary>
    [Fact(DisplayName = "R-131 Une convention FIR désigne des mouvements du FIR notifiés à l'entité, mille au plus")]
    public void Fir()
    {
        var fir = Mig with { Enveloppe = "FIR" };
        EntiteEvent[] paid = [Hopital, new FinancementNotified(fir.Mois, fir.Id, 1, fir, Proof), new FinancementNotified(Mig.Mois, Mig.Id, 1, Mig, Proof)];
        var convention = Caqes with { Contrat = new AutreContrat.ConventionFir([fir.Id]) };
        Given(paid).When(new RecordAutreContrat(convention)).Then(new AutreContratRecorded(DateEffet, convention));
        Given(paid).When(new RecordAutreContrat(convention with { Contrat = new AutreContrat.ConventionFir([Mig.Id]) })).ThenRefused(RefusalCode.AutreContratUnfit);
        Given(paid).When(new RecordAutreContrat(convention with { Contrat = new AutreContrat.ConventionFir(["inconnue"]) })).ThenRefused(RefusalCode.AutreContratUnfit);
        var most = convention with { Contrat = new AutreContrat.ConventionFir(Enumerable.Repeat(fir.Id, 1_000).ToValueList()) };
        Given(paid).When(new RecordAutreContrat(most)).Then(new AutreContratRecorded(DateEffet, most));
        var many = Enumerable.Repeat(fir.Id, 1_001).ToValueList();
        Given(paid).When(new RecordAutreContrat(convention with { Contrat = new AutreContrat.ConventionFir(many) })).ThenRefused(RefusalCode.AutreContratUnfit);
    }

    [Fact(DisplayName = "R-132 Le projet d'établissement se lie au contrat, sans en être la condition")]
    public void Projet_etablissement()
    {
        var projet = Caqes with { Numero = "PE-2025", Contrat = new AutreContrat.ProjetEtablissement() };
        Given(Hopital).When(new RecordAutreContrat(projet)).Then(new AutreContratRecorded(DateEffet, projet));
    }

    [Fact(DisplayName = "Un autre contrat stocké porte sa nature par son nom publié")]
    public void Stored() => Assert.Equal(
        """autre-contrat-recorded.1 {"fiche":{"numero":"CAQES-2026","contrat":{"$type":"caqes","volets":["transports"]},"objet":"o","from":"2026-01-01"},"validOn":"2026-01-01"}""",
        Storage.Write(new AutreContratRecorded(DateEffet, new("CAQES-2026", new AutreContrat.Caqes([CaqesVolet.Transports]), "o", DateEffet, null))));
}
