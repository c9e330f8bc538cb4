namespace Cpom.Cli.Render;

/// <summary>Who holds what, for operators.</summary>
internal static class NodeTables
{
    private const string Nobody = "(personne)";

    private static readonly Column[] Columns =
    [
        new("Nœud", "name"), new("Rôle", "role"), new("État", "state"), new("Adresse", "address"), new("Démarré", "started_at"), new("Acteurs", "actors", true),
        new("Par genre", "actors_by_kind"), new("Partitions du relais", "partitions"), new("Retard", "lag", true),
    ];

    /// <summary>A row a node; and one for the partitions that none of them holds, where every holder would be seen.</summary>
    public static Grid Of(ListNodesResponse list)
    {
        var rows = list.Nodes.Select(node => Row(node, list)).ToList();
        var held = list.Nodes.SelectMany(node => node.Partitions).ToHashSet();
        var free = list.Partitions.Select(partition => partition.Number).Where(number => !held.Contains(number)).ToList();
        if (free.Count > 0 && list.Nodes.Any(node => node.Role == NodeRole.Silo))
        {
            rows.Add([new Cell(Nobody, "", Tone.Bad), "", "", "", "", "", "", Numbers(free), Lag(free, list)]);
        }

        return new(Columns, rows);
    }

    /// <summary>How far the log has come, and what follows it.</summary>
    public static string Progress(ListNodesResponse list)
    {
        var lag = list.Partitions.Select(partition => partition.Lag).DefaultIfEmpty(0).Max();
        var portfolio = list.PortfolioPosition == 0 ? "" : $" ; portefeuille à {Words.Count(list.PortfolioPosition)}";
        return $"Journal à {Words.Count(list.LogPosition)} ; relais {(lag == 0 ? "à jour" : $"en retard de {Words.Plural(lag, "fait", "faits")}")}{portfolio}.";
    }

    private static IReadOnlyList<Cell> Row(Node node, ListNodesResponse list) =>
    [
        node.Name[(node.Name.IndexOf('/', StringComparison.Ordinal) + 1)..], Role(node.Role), State(node.State), node.Address, Words.Instant(node.StartedAt),
        Words.CountCell(node.Actors.Sum(kind => (long)kind.Count)), string.Join(' ', node.Actors.Select(kind => $"{kind.Kind}:{kind.Count}")),
        Numbers(node.Partitions), Lag(node.Partitions, list),
    ];

    private static Cell Lag(IReadOnlyCollection<int> partitions, ListNodesResponse list) => partitions.Count == 0
        ? new Cell("")
        : Words.CountCell(list.Partitions.Where(partition => partitions.Contains(partition.Number)).Select(partition => partition.Lag).DefaultIfEmpty(0).Max(), Tone.Attention);

    private static string Numbers(IEnumerable<int> partitions) => string.Join(' ', partitions.Order());

    private static Cell Role(NodeRole role) => role switch
    {
        NodeRole.Embedded => new Cell("nœud", "embedded"),
        NodeRole.Silo => new Cell("silo", "silo"),
        NodeRole.Gateway => new Cell("passerelle", "gateway"),
        _ => new Cell(""),
    };

    private static Cell State(NodeState state) => state switch
    {
        NodeState.Joining => new Cell("entre", "joining", Tone.Attention),
        NodeState.Active => new Cell("en service", "active", Tone.Good),
        NodeState.Leaving => new Cell("sort", "leaving", Tone.Attention),
        NodeState.Silent => new Cell("ne répond pas", "silent", Tone.Bad),
        _ => new Cell(""),
    };
}
