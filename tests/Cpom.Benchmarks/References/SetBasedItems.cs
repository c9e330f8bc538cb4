using Npgsql;

namespace Cpom.Benchmarks;

/// <summary>
/// A round in one SQL statement, as somebody would write it who keeps items in a table: the notified lines come in as arrays, are joined to the
/// contrats in force that cover their entity, and become rows of pending items with their proof.
/// </summary>
internal sealed class SetBasedItems : IAsyncDisposable
{
    private const string Tables =
        """
        CREATE TABLE contrat (numero text PRIMARY KEY, entite text NOT NULL, statut text NOT NULL, date_effet date NOT NULL, date_fin date NOT NULL);
        CREATE INDEX ON contrat (entite);
        CREATE TABLE item (
            contrat text NOT NULL REFERENCES contrat, act text NOT NULL, ligne text NOT NULL, volet text NOT NULL, finess text NOT NULL,
            valid_on date NOT NULL, enveloppe text NOT NULL, sous_enveloppe text NOT NULL, mode text NOT NULL, montant numeric NOT NULL,
            place text NOT NULL, file text NOT NULL, sha256 text NOT NULL, source_line text NOT NULL, recorded_at timestamptz NOT NULL,
            PRIMARY KEY (contrat, act));
        CREATE INDEX ON item (contrat, place);
        CREATE INDEX ON item (finess);
        """;

    private const string Insert =
        """
        INSERT INTO item
        SELECT c.numero, l.ligne || '#1', l.ligne, 'A2.V4', l.entite, $3, 'MIGAC', l.sous_enveloppe, 'NR', l.montant, 'pending', 'MEN_HAPI.csv', repeat('a', 64),
               'ligne ' || l.number, now()
        FROM unnest($1::text[], $2::text[], $4::text[], $5::numeric[]) WITH ORDINALITY AS l (entite, ligne, sous_enveloppe, montant, number)
        JOIN contrat c ON c.entite = l.entite AND c.statut = 'en_vigueur' AND $3 BETWEEN c.date_effet AND c.date_fin
        """;

    private readonly NpgsqlDataSource _source;
    private readonly int _contrats;
    private int _rounds;

    private SetBasedItems(NpgsqlDataSource source, int contrats) => (_source, _contrats) = (source, contrats);

    public static async Task<SetBasedItems> Open(string connection, int contrats)
    {
        var source = NpgsqlDataSource.Create(connection);
        await using (var tables = source.CreateCommand(Tables))
        {
            await tables.ExecuteNonQueryAsync();
        }

        await using var fill = source.CreateCommand("INSERT INTO contrat SELECT n, e, 'en_vigueur', '2026-01-01', '2030-12-31' FROM unnest($1::text[], $2::text[]) AS x (n, e)");
        fill.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Enumerable.Range(0, contrats).Select(Region.NumeroOf)] });
        fill.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Enumerable.Range(0, contrats).Select(Ledger.FinessOf)] });
        await fill.ExecuteNonQueryAsync();
        return new(source, contrats);
    }

    /// <returns>The seconds that the statement took, its arrays sent with it.</returns>
    public async Task<double> Round()
    {
        var round = _rounds++;
        var lines = Enumerable.Range(0, _contrats * Region.LignesPerContrat)
            .Select(i => (Entite: Ledger.FinessOf(i / Region.LignesPerContrat), Sous: FormattableString.Invariant($"MIG {i % Region.LignesPerContrat:00}"), Montant: 1_000m + i))
            .ToList();
        await using var command = _source.CreateCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. lines.Select(l => l.Entite)] });
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. lines.Select(l => FormattableString.Invariant($"{l.Entite}/FIN/2026/{round:000}/MIGAC/{l.Sous}/NR/HAPI"))],
        });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = Ledger.Day });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. lines.Select(l => l.Sous)] });
        command.Parameters.Add(new NpgsqlParameter<decimal[]> { TypedValue = [.. lines.Select(l => l.Montant)] });
        return await Rounds.Seconds(async () =>
        {
            if (await command.ExecuteNonQueryAsync() != lines.Count)
            {
                throw new InvalidOperationException("The reference did not insert every item.");
            }
        });
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
