using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Cpom.Domain;
using Cpom.Domain.Acts;

namespace Cpom.Fuzz;

/// <summary>Makes any command by its constructors, from a small world of ids and days so that commands meet, and hostile values so that they do not.</summary>
/// <param name="known">Ids that the actor already knows.</param>
internal sealed class CommandMaker(Random random, IReadOnlyList<string> known)
{
    private const int HostilePercent = 6;

    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Lock NullabilityLock = new();

    private static readonly string[] Ids = ["750000001", "750100001", "750100002", "99-C1", "GHT-1", "RC-1", "750100001/RC/RC-1", "750100001/RC/RC-1#1", "750100001/RC/RC-1#2", "AMM", "R4", "13", "demande-1", "Mme Petit"];

    /// <summary>What the wire and the files may bring is Unicode; only the domain itself is asked about less.</summary>
    private static readonly string[] Strange = [.. Hostile.Texts, .. Hostile.Numbers, .. Hostile.Days];

    public static IReadOnlyList<Type> CasesOf(Type union) => [.. union.Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(union) && !t.IsAbstract)
        .OrderBy(t => t.FullName, StringComparer.Ordinal)];

    public object Make(Type type)
    {
        var concrete = type.IsAbstract ? random.Pick(CasesOf(type)) : type;
        var constructor = concrete.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(Argument)]);
    }

    private object? Argument(ParameterInfo parameter)
    {
        bool nullable;
        lock (NullabilityLock)
        {
            nullable = Nullability.Create(parameter).WriteState == NullabilityState.Nullable;
        }

        return nullable && random.Chance(30) ? null : Value(parameter.ParameterType);
    }

    private object Value(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return Text();
        }

        if (type == typeof(DateOnly))
        {
            return random.Chance(HostilePercent) ? random.Pick([DateOnly.MinValue, DateOnly.MaxValue]) : new DateOnly(random.Pick([2024, 2025, 2026, 2030]), random.Pick([1, 3, 12]), random.Pick([1, 28]));
        }

        return type switch
        {
            _ when type == typeof(int) => random.Whole(),
            _ when type == typeof(long) => (long)random.Whole(),
            _ when type == typeof(bool) => random.Chance(50),
            _ when type == typeof(decimal) => random.Chance(HostilePercent) ? random.Pick([decimal.MaxValue, decimal.MinValue, 0.0000001m]) : random.Next(-100, 100),
            _ when type.IsEnum => OneOf(type),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>) => List(type.GetGenericArguments()[0]),
            _ when type == typeof(Act) => Act(),
            _ when typeof(IEnumerable).IsAssignableFrom(type) => throw new NotSupportedException($"Teach the fuzzer to make a {type}."),
            _ => Make(type),
        };
    }

    private string Text() => random.Next(100) switch
    {
        < HostilePercent => random.Pick(Strange),
        < HostilePercent + 1 when random.Next(300) == 0 => new string('x', 10_000_000),
        < 60 when known.Count > 0 => random.Pick(known),
        _ => random.Pick(Ids),
    };

    /// <summary>An act as reactions make it: its parts are those of its lines.</summary>
    private Act Act()
    {
        var after = (Ligne)Make(typeof(Ligne));
        var before = random.Chance(50) ? after with { } : null;
        return new($"{after.Id}#{random.Next(1, 4)}", after.Id, after.Volet, after.Finess, (DateOnly)Value(typeof(DateOnly)), before, before is not null && random.Chance(30) ? null : after, (Cause)Make(typeof(Cause)));
    }

    private object OneOf(Type type)
    {
        var defined = Enum.GetValuesAsUnderlyingType(type);
        return Enum.ToObject(type, defined.GetValue(random.Next(defined.Length))!);
    }

    private object List(Type item)
    {
        var count = random.Pick([0, 1, 1, 2, 3, 5, 5]);
        var items = Array.CreateInstance(item, count);
        for (var i = 0; i < count; i++)
        {
            items.SetValue(Value(item), i);
        }

        var immutable = typeof(ImmutableArray).GetMethods().First(m => m.Name == nameof(ImmutableArray.Create) && m.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(item).Invoke(null, [items]);
        return Activator.CreateInstance(typeof(ValueList<>).MakeGenericType(item), immutable)!;
    }
}
