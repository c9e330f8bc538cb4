using Cpom.Soak;
using Cpom.TestKit;

SoakOptions options;
try
{
    options = SoakOptions.Read(args);
}
catch (FormatException unreadable)
{
    Console.Error.WriteLine(unreadable.Message);
    return 2;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};
using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    interrupted.Cancel();
});
try
{
    return await SoakRun.Play(options, interrupted.Token);
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    Console.WriteLine("soak: interrupted; everything that was started is stopped.");
    return 130;
}
