using Cpom.Storage;
using Cpom.Storage.Backups;
using Cpom.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Cpom.Conformance;

/// <summary>No byte of a backup can change without being noticed.</summary>
public sealed class BackupFileSpecs(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_flipped_bit_in_any_byte_of_a_small_file_is_refused()
    {
        var random = CrashSeed.Next(output);
        var bytes = await SmallFile();
        for (var position = 0; position < bytes.Length; position++)
        {
            AssertFlipIsSeen(bytes, position, 1 << random.Next(8));
        }
    }

    [Fact]
    public async Task A_flipped_bit_in_a_file_of_many_chunks_is_refused_and_its_chunk_named()
    {
        var random = CrashSeed.Next(output);
        var bytes = await LargeFile(random);
        var manifest = Backup.Verify(Write(bytes), null, default);
        Assert.InRange(manifest.Chunks, 3, 100);
        for (var i = 0; i < 100; i++)
        {
            AssertFlipIsSeen(bytes, random.Next(bytes.Length), 1 << random.Next(8));
        }

        var last = AssertFlipIsSeen(bytes, (int)manifest.Bytes - 1, 1);
        Assert.Equal(manifest.Chunks, last.Chunk);
        Assert.Contains($"morceau {manifest.Chunks}, à partir de l'octet {last.Offset} : son empreinte est différente. Ce fichier ne peut pas être restauré", last.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cut_off_anywhere_or_followed_by_something_is_refused()
    {
        var bytes = await SmallFile();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<BackupDamagedException>(() => Backup.Verify(Write(bytes[..length]), null, default));
        }

        Assert.Contains("quelque chose suit sa fin", Assert.Throws<BackupDamagedException>(() => Backup.Verify(Write([.. bytes, 0]), null, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_chunk_that_is_missing_or_comes_twice_is_refused()
    {
        var bytes = await LargeFile(CrashSeed.Next(output));
        var first = BackupFormat.Magic.Length;
        var second = first + BackupFormat.HeaderBytes + 32 + BackupFormat.Header.Decode(bytes.AsSpan(first)).StoredBytes;
        byte[] without = [.. bytes[..first], .. bytes[second..]];
        byte[] twice = [.. bytes[..second], .. bytes[first..]];
        Assert.Throws<BackupDamagedException>(() => Backup.Verify(Write(without), null, default));
        Assert.Throws<BackupDamagedException>(() => Backup.Verify(Write(twice), null, default));
    }

    [Fact]
    public async Task A_damaged_file_leaves_the_database_untouched()
    {
        var bytes = await SmallFile();
        bytes[^200] ^= 1;
        var target = LogPlace.Sqlite(_folder, "target.db");
        await Assert.ThrowsAsync<BackupDamagedException>(() => target.Restore(Write(bytes)));
        await using var store = await target.Open();
        Assert.Equal(0, await store.LastPosition(default));
    }

    [Fact]
    public async Task A_backup_does_not_replace_another_and_a_cut_off_one_has_not_its_name()
    {
        await SmallFile();
        var source = LogPlace.Sqlite(_folder, "source.db");
        await Assert.ThrowsAsync<IOException>(() => source.Save(_folder.File("backup")));
        await using var reading = await source.OpenToRead();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Backup.Save(reading, _folder.File("cut"), TimeProvider.System, null, cancelled.Token));
        Assert.False(File.Exists(_folder.File("cut")));
        Assert.Equal(15, (await source.Save(_folder.File("cut"))).Events);
    }

    [Fact]
    public async Task Without_a_log_there_is_nothing_to_save()
    {
        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => LogPlace.Sqlite(_folder, "none.db").Save(_folder.File("b")));
        Assert.Contains("Il n'y a pas de journal", refused.Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder.File("text.db"), new string('x', 4096));
        var other = await Assert.ThrowsAsync<StoreUnusableException>(() => LogPlace.Sqlite(_folder, "text.db").Save(_folder.File("b")));
        Assert.Contains("n'est pas un journal de cette plate-forme", other.Message, StringComparison.Ordinal);
    }

    private BackupDamagedException AssertFlipIsSeen(byte[] bytes, int position, int bit)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[position] ^= (byte)bit;
        try
        {
            Backup.Verify(Write(flipped), null, default);
        }
        catch (BackupDamagedException damaged)
        {
            return damaged;
        }

        Assert.Fail($"Bit {bit} of byte {position} of {bytes.Length} was flipped, and nobody saw it.");
        throw new InvalidOperationException();
    }

    private async Task<byte[]> SmallFile()
    {
        var source = LogPlace.Sqlite(_folder, "source.db");
        await using (var store = await source.Open())
        {
            await RealHistories.Write(store);
        }

        await source.Save(_folder.File("backup"));
        return await File.ReadAllBytesAsync(_folder.File("backup"));
    }

    private async Task<byte[]> LargeFile(Random random)
    {
        var source = LogPlace.Sqlite(_folder, "large.db");
        await using (var store = await source.Open())
        {
            for (var i = 0; i < 8; i++)
            {
                var noise = new byte[400 * 1024];
                random.NextBytes(noise);
                await store.Append([RealHistories.Registered($"75010000{i}", Convert.ToBase64String(noise))], default);
            }
        }

        await source.Save(_folder.File("large"));
        return await File.ReadAllBytesAsync(_folder.File("large"));
    }

    private string Write(byte[] bytes)
    {
        var file = _folder.File("changed");
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
