namespace Accounts.Core.Import;

/// <summary>The users of another system, one after the other.</summary>
public interface IForeignUsers
{
    /// <summary>The system, in a word for the report and the event: <c>django</c>, <c>csv</c>.</summary>
    string Name { get; }

    /// <summary>May be read twice, with the same outcome: the addresses are compared before anything is written.</summary>
    /// <exception cref="ForeignDataException">it cannot be read on</exception>
    IAsyncEnumerable<ForeignUser> ReadAsync(CancellationToken cancellation);
}

/// <summary>What is to be imported cannot be read, or not any further.</summary>
/// <param name="message">a sentence that says where and why, and what to do</param>
public sealed class ForeignDataException(string message, Exception? inner = null) : Exception(message, inner);
