namespace Cpom.Storage;

/// <summary>The database is there but must not be used as it is. The message is French, for the operator: what is wrong, what to do.</summary>
public sealed class StoreUnusableException(string message, Exception? inner = null) : Exception(message, inner);
