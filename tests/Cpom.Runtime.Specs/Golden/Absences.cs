using System.Collections;
using System.Reflection;

namespace Cpom.Runtime.Specs.Golden;

/// <summary>Members that a type says are never null and that are: what an old event reads as when a member was added that is not optional.</summary>
internal static class Absences
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static IEnumerable<string> Of(object value, string path) => value switch
    {
        string or ValueType => [],
        IEnumerable items => items.Cast<object>().SelectMany((item, i) => Of(item, $"{path}[{i}]")),
        _ => value.GetType().GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters().SelectMany(p => Of(value, p, path)),
    };

    private static IEnumerable<string> Of(object owner, ParameterInfo parameter, string path)
    {
        var member = $"{path}.{parameter.Name}";
        var value = owner.GetType().GetProperty(parameter.Name!)?.GetValue(owner);
        return value is not null ? Of(value, member)
            : Nullability.Create(parameter).WriteState == NullabilityState.NotNull ? [$"{member} (must be optional: older events lack it)"]
            : [];
    }
}
