namespace Accounts.Core.Checkup;

/// <summary>Tries one thing that the server stands on, changes nothing, and says what is wrong with it.</summary>
public interface ICheck
{
    /// <summary>One word for it, as it is shown and sent.</summary>
    string Name { get; }

    /// <summary>What is so where nothing is wrong, a sentence.</summary>
    string WhenWell { get; }

    /// <returns>nothing where all is well</returns>
    /// <exception cref="OperationCanceledException">its time is over</exception>
    IAsyncEnumerable<Fault> LookAsync(CancellationToken cancellation);
}
