namespace Cpom.Intake;

/// <summary>Why a file is refused whole. Nothing of it has been handed out.</summary>
/// <param name="Rule">One of <see cref="IntakeRules"/>.</param>
/// <param name="Problem">A French sentence: what is wrong.</param>
/// <param name="Remedy">A French sentence: what the sender can do.</param>
public sealed record FileRefusal(string Rule, string Problem, string Remedy);

/// <summary>What <see cref="FileSource.Open"/> answers.</summary>
public abstract record FileOpening
{
    private FileOpening() { }

    public sealed record Opened(FileSource Source) : FileOpening;

    public sealed record Refused(FileRefusal Refusal) : FileOpening;
}

/// <summary>What <see cref="FileSource.Validate"/> answers.</summary>
public abstract record FileValidation
{
    private FileValidation() { }

    public sealed record Valid(ValidFile File) : FileValidation;

    public sealed record Refused(FileRefusal Refusal) : FileValidation;
}

/// <summary>Raised by the readers when the content cannot be read on: the file is refused whole. Validate answers it as a refusal.</summary>
public sealed class MalformedContentException(FileRefusal refusal) : Exception(refusal.Problem)
{
    public FileRefusal Refusal { get; } = refusal;
}
