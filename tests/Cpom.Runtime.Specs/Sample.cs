using System.Reflection;
using Cpom.Domain;
using static Cpom.Runtime.Specs.Monde;

namespace Cpom.Runtime.Specs;

/// <summary>
/// Instances of any record of the domain, every value told apart from its default, so that a part lost on the way is seen. All texts are one and
/// the same, so that what refers to an id of another sample finds it.
/// </summary>
/// <param name="variant">Which case of a union and which name of an enum: the first, the second…, and round again.</param>
/// <param name="least">Optional members are left out, and lists are empty.</param>
internal sealed class Sample(int variant = 0, bool least = false)
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static object Of(Type type) => new Sample().Make(type);

    public object Make(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? Make(inner)
        : type == typeof(string) ? "« é \"quoted\" »"
        : type == typeof(int) ? 7
        : type == typeof(long) ? 8L
        : type == typeof(bool) ? true
        : type == typeof(decimal) ? -12.50m
        : type == typeof(DateOnly) ? Jour
        : type.IsEnum ? Enum.GetValues(type).GetValue(Turn(Enum.GetValues(type).Length, from: 1))!
        : type.IsAbstract ? Make(CaseOf(type))
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>) ? ListOf(type.GetGenericArguments()[0])
        : RecordOf(type);

    /// <summary>Counts back from the last: the first name of an enum is its default, which a lost member reads as.</summary>
    private int Turn(int count, int from) => (count - from + variant) % count;

    private Type CaseOf(Type union)
    {
        var cases = union.GetNestedTypes().Where(nested => nested.IsSubclassOf(union)).ToList();
        return cases[Turn(cases.Count, from: cases.Count)];
    }

    private object ListOf(Type element) =>
        typeof(Sample).GetMethod(nameof(List), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(element).Invoke(this, null)!;

    private ValueList<T> List<T>() => least ? [] : [(T)Make(typeof(T))];

    private object RecordOf(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => least && IsOptional(p) ? null : Make(p.ParameterType))]);
    }

    private static bool IsOptional(ParameterInfo parameter) => Nullability.Create(parameter).WriteState == NullabilityState.Nullable;
}
