using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Cpom.Domain.Contrats;
using Cpom.Runtime.Projections;

namespace Cpom.Fuzz;

/// <summary>What must hold of a node at any time, once it has settled.</summary>
internal static class NodeOracles
{
    public static async Task<Finding?> Check(RunningNode node) => node.Refused.Count > 0
        ? new("actors take what the relay sends them", string.Join('\n', node.Refused))
        : await Check(node.Node);

    public static async Task<Finding?> Check(Server.CpomNode node)
    {
        var view = node.Portfolio.Current;
        return view.Contrats.Values.Select(c => OnePlace(c.Numero, c.State)).FirstOrDefault(f => f is not null) ?? await Recomputed(node, view);
    }

    /// <summary>An item is in one place, and what points to it says the same.</summary>
    public static Finding? OnePlace(string numero, ContratState.Ouvert state)
    {
        var pending = state.Items.Values.Where(i => i.Place is ItemPlace.Pending).Select(i => (i.Act.LigneId, i.Id)).Order();
        var pointed = state.PendingByLigne.Select(p => (p.Key, p.Value)).Order();
        var placed = state.Items.Values.Select(i => (i.Id, Avenant: i.Place is ItemPlace.InAvenant a ? a.Number : i.Place is ItemPlace.Integrated g ? g.Number : 0)).Where(p => p.Avenant > 0).Order();
        var held = state.Avenants.Values.Where(a => a.End != AvenantEnd.Abandoned).SelectMany(a => a.Items.Select(i => (i, a.Number))).Order();
        return pending.SequenceEqual(pointed) && placed.SequenceEqual(held) ? null : new("an item is in one place", $"{numero}: {Shape.Of(state)}");
    }

    private static async Task<Finding?> Recomputed(Server.CpomNode node, PortfolioView view)
    {
        var fold = new PortfolioFold(PortfolioView.Empty);
        foreach (var stored in await node.Store.ReadLog(0, int.MaxValue, default))
        {
            if (stored.Position <= view.Position)
            {
                fold.Apply(stored);
            }
        }

        var (replica, again) = (Shape.Of(view), Shape.Of(fold.View()));
        if (replica == again)
        {
            return null;
        }

        var at = replica.Zip(again).TakeWhile(p => p.First == p.Second).Count();
        return new("the replica is what the log says", $"{replica[Math.Max(0, at - 200)..Math.Min(replica.Length, at + 200)]}\n{again[Math.Max(0, at - 200)..Math.Min(again.Length, at + 200)]}");
    }
}

/// <summary>Any value of the domain as text, collections by their elements: equal texts, equal values.</summary>
internal static class Shape
{
    private static readonly Dictionary<Type, PropertyInfo[]> Properties = [];

    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    private static void Write(object? value, StringBuilder text)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or IFormattable or bool or char:
                text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
            case IEnumerable many when value.GetType().Namespace?.StartsWith("System.Collections.Immutable", StringComparison.Ordinal) == true && IsUnordered(value):
                text.Append('{').AppendJoin('\n', many.Cast<object>().Select(Of).Order(StringComparer.Ordinal)).Append('}');
                break;
            case IEnumerable many:
                text.Append('[').AppendJoin('\n', many.Cast<object>().Select(Of)).Append(']');
                break;
            default:
                WriteParts(value, text);
                break;
        }
    }

    private static bool IsUnordered(object value) => value is IDictionary || value.GetType().Name.Contains("Set", StringComparison.Ordinal);

    private static void WriteParts(object value, StringBuilder text)
    {
        var type = value.GetType();
        PropertyInfo[]? properties;
        lock (Properties)
        {
            if (!Properties.TryGetValue(type, out properties))
            {
                properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && p.GetMethod is { IsPublic: true })];
                Properties[type] = properties;
            }
        }

        text.Append(type.Name).Append('(');
        foreach (var property in properties)
        {
            text.Append(property.Name).Append('=');
            Write(property.GetValue(value), text);
            text.Append(' ');
        }

        foreach (var field in type.Name.StartsWith("ValueTuple", StringComparison.Ordinal) ? type.GetFields() : [])
        {
            Write(field.GetValue(value), text);
            text.Append(' ');
        }

        text.Append(')');
    }
}
