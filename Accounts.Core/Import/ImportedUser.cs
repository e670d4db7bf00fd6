namespace Accounts.Core.Import;

/// <summary>That a user was imported, and how they were then: what has changed since, there and here, is seen by it.</summary>
public sealed class ImportedUser
{
    public const int LongestSource = 40;

    private ImportedUser()
    {
    }

    public Guid UserId { get; private set; }

    /// <summary>The system that they come from, in a word.</summary>
    public string Source { get; private set; } = "";

    /// <summary>As they last were there: <see cref="PartPrints"/>.</summary>
    public byte[] Came { get; private set; } = [];

    /// <summary>As they were here when that had been written: <see cref="PartPrints"/>.</summary>
    public byte[] Written { get; private set; } = [];

    public DateTimeOffset ImportedAt { get; private set; }

    internal void Remember(PartPrints came, PartPrints written) => (Came, Written) = (came.Bytes, written.Bytes);
}
