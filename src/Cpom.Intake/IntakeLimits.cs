namespace Cpom.Intake;

/// <summary>Every bound of the readers, one constant each. They keep one hostile or broken file from taking the machine.</summary>
public static class IntakeLimits
{
    /// <summary>Decompressed bytes of one file. The national FINESS+ file is about 1.4 GB; ten times that is a compression bomb.</summary>
    public const long ContentBytesMax = 16L * 1024 * 1024 * 1024;

    /// <summary>Bytes looked at to recognise a file. The `gcc` and `gco` keys of FINESS+ stand in the first kilobyte.</summary>
    public const int HeadBytesMax = 64 * 1024;

    /// <summary>First size of the buffer through which JSON is read: large enough to amortise a read, small enough for a cache.</summary>
    public const int JsonBufferBytes = 256 * 1024;

    /// <summary>Bytes that are decompressed together, ahead of whoever reads them.</summary>
    public const int BlockBytes = 256 * 1024;

    /// <summary>Decompressed blocks that may wait for the reader: enough that neither waits for the other's every turn.</summary>
    public const int BlocksAheadMax = 4;

    /// <summary>Batches of rows that may wait to be compared. A batch is what one buffer of JSON holds.</summary>
    public const int BatchesAheadMax = 4;

    /// <summary>One JSON token (a string or a number). The longest seen in the national files is under 1 kB.</summary>
    public const int JsonTokenBytesMax = 4 * 1024 * 1024;

    /// <summary>Nesting of JSON objects and arrays. FINESS+ goes to 9.</summary>
    public const int JsonDepthMax = 64;

    /// <summary>Nesting of XML elements. The flux goes to 3.</summary>
    public const int XmlDepthMax = 32;

    /// <summary>Elements in one XML record. cs1400101, the widest one read here, has 33.</summary>
    public const int XmlFieldsMax = 500;

    /// <summary>Characters of one CSV record. The widest HAPI line seen has 710.</summary>
    public const int LineCharsMax = 1024 * 1024;

    /// <summary>Physical lines of one CSV record, when a quoted field holds line ends. Past it, the quote was never closed.</summary>
    public const int RecordLinesMax = 50;

    /// <summary>Columns of a CSV file. The widest layout read here has 40.</summary>
    public const int ColumnsMax = 500;

    /// <summary>Characters of one value. The domain's own texts stop at 450; 32,768 leaves room for an arrêté's grounds.</summary>
    public const int FieldCharsMax = 32 * 1024;

    /// <summary>
    /// Avenants of one RC file, all held while its rows are read. About 20,000 RC exist in France and each has a few avenants;
    /// at some 200 bytes each, the limit is about 40 MB.
    /// </summary>
    public const int AvenantsMax = 200_000;

    /// <summary>Legal entities of one structures file, whose numbers are held to name the members of GHT. France has 98,168.</summary>
    public const int EntitesMax = 500_000;

    /// <summary>Sites of one legal entity, held until the entity is complete. The largest holds some hundreds.</summary>
    public const int SitesPerEntiteMax = 20_000;

    /// <summary>Activities of one site, held until the site is complete. A large hospital has some hundreds.</summary>
    public const int ActivitesPerSiteMax = 20_000;

    /// <summary>Groups of one structures file, held until its end. FINESS+ holds 135.</summary>
    public const int GhtMax = 10_000;

    /// <summary>Distinct short codes kept once. Past it the table starts again: it saves memory, it is not needed for truth.</summary>
    public const int CodesMax = 16 * 1024;

    /// <summary>Bytes of a text worth keeping once. Codes are short; names are not repeated enough.</summary>
    public const int CodeBytesMax = 32;
}
