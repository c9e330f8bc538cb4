using System.Reflection;
using Cpom.Domain.Campagnes;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Flux;
using Cpom.Domain.Ghts;
using Cpom.Domain.Negociations;
using Cpom.Domain.Nomenclatures;
using Cpom.Domain.Sanctions;
using Cpom.Domain.Sites;
using Cpom.Domain.Socles;
using Xunit;
using Xunit.Sdk;

namespace Cpom.Domain.Specs;

/// <summary>Runs every spec once more while watching it, and says what none of them shows.</summary>
public sealed class CoverageSpecs
{
    private static readonly Type[] Unions =
        [typeof(SiteEvent), typeof(EntiteEvent), typeof(GhtEvent), typeof(NomenclatureEvent), typeof(FichierEvent), typeof(SocleEvent), typeof(ContratEvent), typeof(ManquementsEvent), typeof(PrsEvent), typeof(CampagneEvent), typeof(NegociationEvent)];

    private static readonly Lazy<Witness> Seen = new(() => Witness.Of(() =>
    {
        foreach (var (type, method) in Specs())
        {
            foreach (var arguments in Rows(method))
            {
                method.Invoke(Activator.CreateInstance(type), arguments);
            }
        }
    }));

    [Fact(DisplayName = "Chaque événement est le résultat d'au moins une spécification")]
    public void Every_event() =>
        Assert.Empty(Unions.SelectMany(u => u.GetNestedTypes().Where(t => t.IsSubclassOf(u))).Except(Seen.Value.Events).Select(t => t.Name));

    [Fact(DisplayName = "Chaque refus est le résultat d'au moins une spécification")]
    public void Every_refusal() => Assert.Empty(Enum.GetValues<RefusalCode>().Except(Seen.Value.Refusals.Select(r => r.Code)));

    [Fact(DisplayName = "Chaque règle qui refuse est nommée par au moins une spécification")]
    public void Every_rule() =>
        Assert.Empty(Seen.Value.Refusals.Select(r => r.Rule).Where(r => r.Length > 0).Except(Specs().Select(s => SpecNames.RuleOf(NameOf(s.Method)) ?? "")));

    private static IEnumerable<(Type Type, MethodInfo Method)> Specs() =>
        from type in typeof(CoverageSpecs).Assembly.GetTypes()
        where type.IsPublic && type.Name.EndsWith("Specs", StringComparison.Ordinal) && type != typeof(CoverageSpecs)
        from method in type.GetMethods()
        where method.GetCustomAttribute<FactAttribute>() is not null
        select (type, method);

    private static IEnumerable<object?[]> Rows(MethodInfo method) =>
        method.GetCustomAttributes<DataAttribute>().ToList() is { Count: > 0 } data ? data.SelectMany(d => d.GetData(method)) : [[]];

    private static string NameOf(MethodInfo method) => method.GetCustomAttribute<FactAttribute>()!.DisplayName ?? "";
}
