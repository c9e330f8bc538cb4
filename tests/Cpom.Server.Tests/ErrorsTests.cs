using System.Reflection;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Nomenclatures;
using Cpom.Domain.Sanctions;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>errors.proto says of each refusal what the domain says, number by number.</summary>
public sealed class ErrorsTests
{
    private static readonly EnumDescriptor Published = V1.ErrorsReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(V1.RefusalCode));

    [Fact]
    public void Both_enums_have_the_same_names_and_numbers() => Assert.Equal(
        Enum.GetValues<RefusalCode>().Select(c => ((int)c, c.ToString())),
        Enum.GetValues<V1.RefusalCode>().Where(c => c != V1.RefusalCode.Unspecified).Select(c => ((int)c, c.ToString())));

    [Fact]
    public void Every_refusal_has_a_status_that_is_a_failure_by_its_caller_or_for_a_while()
    {
        StatusCode[] allowed =
        [
            StatusCode.InvalidArgument, StatusCode.NotFound, StatusCode.AlreadyExists, StatusCode.FailedPrecondition, StatusCode.ResourceExhausted, StatusCode.Unavailable,
        ];
        Assert.All(Enum.GetValues<RefusalCode>(), code => Assert.Contains(Errors.StatusOf(code), allowed));
        Assert.All(Enum.GetValues<RefusalCode>().Where(c => Errors.StatusOf(c) == StatusCode.Unavailable), c => Assert.True(RuleOf(c).Retriable));
    }

    [Theory]
    [InlineData(RefusalCode.ContratUnknown, StatusCode.NotFound)]
    [InlineData(RefusalCode.EngagementTextTooLong, StatusCode.InvalidArgument)]
    [InlineData(RefusalCode.ContratAlreadyOpen, StatusCode.AlreadyExists)]
    [InlineData(RefusalCode.ContratTextSigned, StatusCode.FailedPrecondition)]
    [InlineData(RefusalCode.TooManyHeld, StatusCode.ResourceExhausted)]
    [InlineData(RefusalCode.SocleIncomplete, StatusCode.Unavailable)]
    public void A_status_is_the_one_published(RefusalCode code, StatusCode expected) => Assert.Equal(expected, Errors.StatusOf(code));

    [Fact]
    public void Every_refusal_names_the_rule_that_is_published()
    {
        var refusals = typeof(Refuse).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.ReturnType == typeof(Refusal))
            .Select(m => (
                IsTold: m.GetParameters().Any(p => p.Name == "rule"),
                Refusal: (Refusal)m.Invoke(null, [.. m.GetParameters().Select(p => Sample(p.ParameterType))])!))
            .ToList();
        Assert.Equal(Enum.GetValues<RefusalCode>().ToHashSet(), refusals.Select(r => r.Refusal.Code).ToHashSet());
        // A text that is too long, or what is recorded already, is refused under the rule that it is under itself, if any.
        Assert.All(refusals.Where(r => !r.IsTold).Select(r => r.Refusal), r => Assert.Equal((r.Code, r.Rule), (r.Code, RuleOf(r.Code).Rule)));
    }

    private static V1.RefusalRule RuleOf(RefusalCode code) => Published.FindValueByNumber((int)code).GetOptions().GetExtension(V1.ErrorsExtensions.Refusal);

    private static object Sample(Type type)
    {
        var fiche = new Fiche("1", RunningServer.Entite, PartieKind.Eps, true, new(2026, 1, 1), new(2030, 12, 31), "2026", null);
        var ligne = new Ligne.Rc(RunningServer.Site, "1", "R4", "01", "02", null);
        var act = new Act("1", ligne.Id, Volet.A2V2, ligne.Finess, new(2026, 1, 1), null, ligne, Cause.Unknown);
        object[] samples =
        [
            "x", 1, true, new DateOnly(2026, 1, 1), Regimes.Regime2025, new Signature("x", new(2026, 1, 1)), fiche,
            new Item(act, null, true, false, new ItemPlace.Pending()), new ItemPlace.InAvenant(1),
            1m, ManquementKind.Inexecution, new Resilie("x", new(2026, 1, 1)), new Remplacement("x", new(2026, 1, 1)), new Abandonne(new(2026, 1, 1), "x"), new NomenclatureCode("R4/01/02", "x"), new Renouvellement.Reponse(new(2026, 1, 1), true, null, false),
            new Consultation(Instance.Directoire, ConsultationKind.Avis, new(2026, 1, 1)),
            new Exigence("R-091", [Instance.Directoire], ConsultationKind.Avis, false, true), Niveau.Regional, new Droit("R-121", Droits.Agence), new Affaire("Ce contrat", [], [], null, Niveau.Departemental), Role.DelegueDepartemental, new Validation(Role.Dos, "x", new(2026, 1, 1)), new ValueList<int>([1]), new ValueList<string>(["x"]), new ValueList<Volet>([Volet.A1V2]),
        ];
        return samples.First(type.IsInstanceOfType);
    }
}
