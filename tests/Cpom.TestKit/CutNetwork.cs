using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Cpom.TestKit;

/// <summary>
/// Two network namespaces and this machine on one bridge, whose links a test cuts and heals: what is cut is dropped in silence, as by a cable that was
/// pulled. A shell holds all of it and waits on a pipe from this process: however this process ends, the pipe closes and the shell removes it.
/// </summary>
public sealed class CutNetwork : IDisposable
{
    /// <summary>Addresses of 198.18.0.0/15 are for benchmarks (RFC 2544) and nobody's. The first network of it that this machine does not have is taken.</summary>
    private const string Script =
        """
        set -e
        PATH=/usr/sbin:/sbin:$PATH
        end() {
            ip link del "cpb$$" || true
            for place in alone others; do ip netns del "cpom-$$-$place" || true; done
        } 2> /dev/null
        trap end EXIT
        trap '' INT TERM HUP # Whoever ends the whole run by a signal must not end this shell before it has cleaned up.
        net=$(($$ % 256))
        while ip -4 addr | grep -q " 198\.18\.$net\."; do net=$(((net + 1) % 256)); done
        ip link add "cpb$$" type bridge
        ip addr add "198.18.$net.1/24" dev "cpb$$"
        ip link set "cpb$$" up
        number=2
        for place in alone others; do
            ip netns add "cpom-$$-$place"
            ip link add "cpv$$-$number" type veth peer name eth0 netns "cpom-$$-$place"
            ip link set "cpv$$-$number" master "cpb$$" up
            ip -n "cpom-$$-$place" addr add "198.18.$net.$number/24" dev eth0
            ip -n "cpom-$$-$place" link set eth0 up
            ip -n "cpom-$$-$place" link set lo up
            number=$((number + 1))
        done
        echo "$$ $net"
        while read -r order; do
            case $order in
                peers) for number in 2 3; do ip link set "cpv$$-$number" type bridge_slave isolated on; done ;;
                off) ip link set "cpv$$-2" down ;;
                heal) for number in 2 3; do ip link set "cpv$$-$number" type bridge_slave isolated off; done; ip link set "cpv$$-2" up ;;
            esac
            echo done
        done
        """;

    private static readonly Lazy<string?> Refusal = new(Try);

    private readonly Process _keeper;
    private readonly string _name;
    private readonly string _net;

    private CutNetwork(Process keeper, string name, string net) => (_keeper, _name, _net) = (keeper, name, net);

    /// <summary>Why this machine makes no such network; null where it does.</summary>
    public static string? Missing => Refusal.Value;

    /// <summary>This machine, for both namespaces.</summary>
    public IPAddress Machine => Address(1);

    /// <summary>The addresses of a network as PostgreSQL writes them.</summary>
    public string Addresses => $"198.18.{_net}.0/24";

    public NetworkPlace Alone => new($"cpom-{_name}-alone", Address(2));

    public NetworkPlace Others => new($"cpom-{_name}-others", Address(3));

    /// <exception cref="InvalidOperationException">The machine makes no such network; the message says why.</exception>
    public static CutNetwork Start()
    {
        var keeper = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("There is no shell.");
        if (keeper.StandardOutput.ReadLine()?.Split(' ') is [var name, var net])
        {
            return new(keeper, name, net);
        }

        var why = keeper.StandardError.ReadToEnd().Trim();
        keeper.Dispose();
        throw new InvalidOperationException(why);
    }

    /// <summary>The two namespaces do not reach one another; this machine reaches both.</summary>
    public void CutFromPeers() => Order("peers");

    /// <summary>Nobody reaches <see cref="Alone"/>, and it reaches nobody.</summary>
    public void CutOff() => Order("off");

    public void Heal() => Order("heal");

    public void Dispose()
    {
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
        _keeper.Dispose();
    }

    private static string? Try()
    {
        try
        {
            Start().Dispose();
            return null;
        }
        catch (InvalidOperationException refused)
        {
            return $"Cette machine ne fait pas d'espaces de noms réseau (il y faut iproute2 et les droits d'administration) : {refused.Message}";
        }
    }

    private IPAddress Address(int number) => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"198.18.{_net}.{number}"));

    private void Order(string what)
    {
        _keeper.StandardInput.WriteLine(what);
        if (_keeper.StandardOutput.ReadLine() is null)
        {
            throw new InvalidOperationException($"The network did not do {what}: {_keeper.StandardError.ReadToEnd()}");
        }
    }
}

/// <summary>A network namespace, and its one address on the bridge.</summary>
public sealed record NetworkPlace(string Namespace, IPAddress Address)
{
    /// <summary>What goes before a program for it to run here.</summary>
    public IReadOnlyList<string> Entry => ["nsenter", $"--net=/run/netns/{Namespace}"];
}
