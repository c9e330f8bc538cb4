using System.Text;

namespace Cpom.Intake.Csv;

/// <param name="Number">From 1.</param>
/// <param name="IsTooLong">The line passed the limit; its text was dropped.</param>
/// <param name="IsEnded">False for a last line without line end.</param>
internal sealed record TextLine(int Number, string Text, bool IsTooLong, bool IsEnded);

/// <summary>Lines of a text, of which none may take more memory than the limit.</summary>
internal sealed class BoundedLines(TextReader reader) : IDisposable
{
    private readonly char[] _buffer = new char[32 * 1024];
    private readonly StringBuilder _line = new();
    private int _at;
    private int _length;
    private int _number;

    /// <summary>The next line without its end ("\n" or "\r\n"), or null after the last one.</summary>
    public async ValueTask<TextLine?> Next(CancellationToken cancellation)
    {
        _line.Clear();
        var isTooLong = false;
        while (true)
        {
            if (_at == _length)
            {
                _length = await reader.ReadAsync(_buffer, cancellation);
                _at = 0;
                if (_length == 0)
                {
                    return _line.Length == 0 && !isTooLong ? null : Take(isTooLong, isEnded: false);
                }
            }
            var end = Array.IndexOf(_buffer, '\n', _at, _length - _at);
            var stop = end < 0 ? _length : end;
            isTooLong = isTooLong || _line.Length + stop - _at > IntakeLimits.LineCharsMax;
            if (!isTooLong)
            {
                _line.Append(_buffer, _at, stop - _at);
            }
            _at = end < 0 ? stop : stop + 1;
            if (end >= 0)
            {
                return Take(isTooLong, isEnded: true);
            }
        }
    }

    private TextLine Take(bool isTooLong, bool isEnded)
    {
        _number++;
        if (isTooLong)
        {
            return new TextLine(_number, "", true, isEnded);
        }
        var length = _line.Length > 0 && _line[^1] == '\r' ? _line.Length - 1 : _line.Length;
        return new TextLine(_number, _line.ToString(0, length), false, isEnded);
    }

    public void Dispose() => reader.Dispose();
}
