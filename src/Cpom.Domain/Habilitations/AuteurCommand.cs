namespace Cpom.Domain.Habilitations;

/// <summary>What people command. It may say as whom (decision 0034), and brings what a perimeter is compared with. Nothing that is recorded depends on it.</summary>
public abstract record AuteurCommand
{
    /// <summary>As whom it is sent; null where nobody is named.</summary>
    public Habilitation? Auteur { get; init; }

    /// <summary>The one département of all entities that it is about, by the registers; null where they have several, or where nobody has proved it.</summary>
    public string? Territoire { get; init; }

    /// <summary>R-118: the region's where one of those entities is negotiated with there (decision 0050); null where nobody has proved it. A contrat and an entity know their own.</summary>
    public Niveau? NiveauOfEntites { get; init; }
}
