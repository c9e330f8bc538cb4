using System.Diagnostics;
using System.Globalization;

namespace Cpom.Soak;

/// <summary>
/// A small disk of the run's own: an ext4 file system in a file, mounted by root. It can be filled and frozen without harm to anybody else.
/// The mount lives in the mount namespace that build/soak.sh makes: it goes with the last process of the run, however that ends.
/// </summary>
internal sealed class LoopDisk : IDisposable
{
    /// <summary>build/soak.sh sets it where mounts are the run's own.</summary>
    private const string MayMount = "CPOM_SOAK_MAY_MOUNT";

    private readonly string _image;

    private LoopDisk(string image, string folder) => (_image, Folder) = (image, folder);

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    /// <returns>The disk, or the reason why there is none.</returns>
    public static (LoopDisk? Disk, string Reason) Mount(string folder, string name, int megabytes)
    {
        if (Environment.GetEnvironmentVariable(MayMount) != "1")
        {
            return (null, "mounts are refused here: not root, or unshare -m fails");
        }

        var (image, mounted) = (Path.Combine(folder, name + ".img"), Directory.CreateDirectory(Path.Combine(folder, name)).FullName);
        using (var file = File.Create(image))
        {
            file.SetLength(megabytes * 1024L * 1024);
        }

        // PostgreSQL runs as another user.
        var failure = Shell.Run("/usr/sbin/mkfs.ext4", "-q", "-F", "-m", "0", image) ?? Shell.Run("mount", "-o", "loop", image, mounted) ?? Shell.Run("chmod", "777", mounted);
        if (failure is not null)
        {
            return (null, failure);
        }

        return (new(image, mounted), "");
    }

    /// <summary>Leaves no byte free: what is free in one piece, then what is left in small ones.</summary>
    public void Fill()
    {
        var free = new DriveInfo(Folder).AvailableFreeSpace.ToString(CultureInfo.InvariantCulture);
        Shell.Run("fallocate", "-l", free, Filler);
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[64 * 1024];
        for (var size = block.Length; size >= 1024; size /= 2)
        {
            try
            {
                while (true)
                {
                    file.Write(block, 0, size);
                }
            }
            catch (IOException)
            {
                // Full for this size: try a smaller one.
            }
        }
    }

    public void Empty() => File.Delete(Filler);

    /// <summary>No write ends for that long. A shell thaws the disk, so that it thaws even if this process dies.</summary>
    public static async Task Freeze(string folder, TimeSpan duration, CancellationToken cancellation)
    {
        var seconds = duration.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"fsfreeze -f '{folder}' && sleep {seconds}; fsfreeze -u '{folder}'"]) { Environment = { ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin" } })!;
        await shell.WaitForExitAsync(cancellation);
    }

    public void Dispose()
    {
        Shell.Run("umount", "-l", Folder);
        File.Delete(_image);
    }
}
