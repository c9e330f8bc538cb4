using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Cpom.Fuzz;

/// <summary>Makes any message by its descriptor: what its field names suggest, so that calls go deep, and hostile values so that they do not.</summary>
internal sealed class MessageMaker(Random random, CallWorld world)
{
    private const int HostilePercent = 5;
    private const int DepthMax = 6;

    private static readonly string[] Days = ["2025-01-01", "2026-01-01", "2026-10-01", "2026-10-02", "2026-12-31", "2030-12-31"];
    private static readonly string[] Sentences = ["Réduire le délai d’attente à 8 jours", "Mme Petit, directrice générale", "Équipe mobile œuvrant à domicile", "10", "patients", "FIR", "2.3.1", "R", "R4", "01", "AMM", "eps"];
    private static readonly string[] Filters =
    [
        "", "statut = projet", "numero != 75-C1", "nom : hopital", "(departement=93 OR pending>=1) AND conflicts=0", "NOT (statut = projet AND NOT partie = eps)", "date_fin <= 2030-12-31",
        "pending_amount < -350.4", "pending > beaucoup", "statut = projet AND", "((((((((((", "oldest_pending_days = 99999999999999999999", "pending_amount > 1e999", "nom = \"", "date_fin < 31/12/2030", "ght : \"a \\\" b\"",
    ];

    private static readonly string[] Orders = ["", "numero", "pending desc", "date_fin, numero desc", "pending desc, pending", "couleur", ",", "numero sideways"];

    /// <summary>The call will wait for what does not come: give it a short deadline.</summary>
    public bool Waits { get; private set; }

    public IMessage Make(MessageDescriptor type, int depth = 0)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            // One member of a oneof at most, now and then none; an explicit absence is a case of its own.
            var skipped = field.RealContainingOneof is { } oneof
                ? random.Next(oneof.Fields.Count) != 0
                : field.FieldType == FieldType.Message && random.Chance(depth < DepthMax ? 20 : 100);
            if (!skipped && !random.Chance(8))
            {
                Fill(message, field, depth);
            }
        }

        return message;
    }

    private void Fill(IMessage message, FieldDescriptor field, int depth)
    {
        if (!field.IsRepeated)
        {
            field.Accessor.SetValue(message, Value(field, depth));
            return;
        }

        if (field.IsMap)
        {
            throw new NotSupportedException($"Teach the fuzzer to make the map {field.FullName}.");
        }

        var items = (IList)field.Accessor.GetValue(message);
        for (var left = Count(field); left > 0; left--)
        {
            items.Add(Value(field, depth));
        }
    }

    /// <summary>Five is what the targets of an indicator need; past a thousand, what acts may come at once.</summary>
    private int Count(FieldDescriptor field) => field.Name == "cibles" && random.Chance(80) ? 5
        : random.Next(400) == 0 ? 1_001
        : random.Pick([0, 1, 1, 2, 3]);

    private object Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.String => Text(field),
        FieldType.Bytes => ByteString.CopyFrom(Bytes()),
        FieldType.Bool => random.Chance(50),
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, EnumNumber(field.EnumType)),
        FieldType.Message => Make(field.MessageType, depth + 1),
        FieldType.Int32 => random.Whole(),
        FieldType.Int64 => Long(field),
        FieldType.Double => random.Pick([0, -1, 1.5, double.NaN, double.PositiveInfinity]),
        _ => throw new NotSupportedException($"Teach the fuzzer to make {field.FullName}, a {field.FieldType}."),
    };

    /// <summary>Any defined value, or a number of a later version of the protocol.</summary>
    private int EnumNumber(EnumDescriptor type) => random.Chance(HostilePercent) ? random.Pick([-1, 99, int.MaxValue]) : random.Pick(type.Values.ToList()).Number;

    private long Long(FieldDescriptor field)
    {
        var far = random.Chance(HostilePercent);
        Waits |= far && field.Name.EndsWith("position", StringComparison.Ordinal);
        return far ? random.Pick([long.MaxValue, long.MinValue, -1, 253_402_300_800, int.MaxValue]) : field.Name == "seconds" ? 1_790_000_000 : random.Next(0, 3);
    }

    private byte[] Bytes()
    {
        var content = random.Pick(world.Files).Content;
        return content[..Math.Min(content.Length, random.Pick([0, 1, 100, 64 * 1024]))];
    }

    private string Text(FieldDescriptor field) => random.Next(100) switch
    {
        < HostilePercent => random.Pick([.. Hostile.Texts, .. Hostile.Days, .. Hostile.Numbers]),
        HostilePercent when random.Chance(20) => new string('é', 1_500_000),
        < HostilePercent + 3 => random.Pick(Sentences) + " 😀",
        _ => Likely(field.Name),
    };

    private string Likely(string name) => name switch
    {
        "contrat" => $"contrats/{random.Pick(world.Contrats)}",
        "name" => Name(),
        "numero" => random.Chance(50) ? random.Pick(world.Contrats) : $"99-F{random.Next(3)}",
        "entite" => random.Pick(world.Entites),
        "site" or "sites" => random.Pick(world.Sites),
        "finess" => random.Pick(random.Chance(70) ? world.Sites : world.Entites),
        "ght" or "code" => random.Pick(world.Ghts),
        "departement" => random.Pick(["", "75", "93"]),
        "sha256" or "expected_sha256" => random.Chance(30) ? string.Empty : random.Pick(world.Fichiers),
        "file_name" => random.Pick(world.Files).Name,
        "ligne_id" or "contrepartie" or "ligne_financement" or "ligne_rc" => random.Pick(world.Lignes),
        "item_id" or "items" => $"{random.Pick(world.Lignes)}#{random.Next(1, 4)}",
        "montant" or "amount" => random.Pick(["19741.00", "-350.50", "0", "79228162514264337593543950335"]),
        "mois" => random.Pick(["2026-02", "2026-09"]),
        "filter" => random.Pick(Filters),
        "order_by" => random.Pick(Orders),
        "paths" => random.Pick(["numero", "figures.pending", "figures", "couleur", "..", ""]),
        "request_id" => $"demande-{random.Next(1_000)}",
        "etag" => random.Chance(70) ? string.Empty : random.Next(9).ToString(CultureInfo.InvariantCulture),
        "page_token" => random.Chance(70) ? string.Empty : random.Pick(["e30", "W10", "WyJhIiwiYiJd", "bnVsbA", "WzFd", "****"]),
        "on" or "date" or "fin" => Day(),
        _ when name.StartsWith("date_", StringComparison.Ordinal) || name.EndsWith("_on", StringComparison.Ordinal) => Day(),
        _ => random.Pick(Sentences),
    };

    private string Day() => random.Chance(15) ? string.Empty : random.Pick(Days);

    private string Name() => random.Next(5) switch
    {
        0 => $"entites/{random.Pick(world.Entites)}",
        1 => $"sites/{random.Pick(world.Sites)}",
        2 => $"ghts/{random.Pick(world.Ghts)}",
        3 => $"contrats/{random.Pick(world.Contrats)}",
        _ => $"contrats/{random.Pick(world.Contrats)}/avenants/{random.Next(1, 3)}",
    };
}
