namespace Accounts.Core.Outbox;

/// <summary>Tells the log and whoever counts what became of a message.</summary>
/// <typeparam name="TMessage">what was claimed</typeparam>
public interface IOutboxReport<TMessage>
    where TMessage : class, IClaimedMessage
{
    void Sent(TMessage message);

    /// <summary>It is somebody's by now, which could not be recorded yet.</summary>
    void Unrecorded(TMessage message, Exception reason);

    /// <summary>It stays in the outbox.</summary>
    void PutOff(TMessage message);

    /// <summary>It is tried again after a while.</summary>
    void Postponed(TMessage message, TimeSpan backoff, Exception reason);

    void GivenUp(TMessage message, Exception reason);

    /// <summary>Nobody takes this message or any other of its queue.</summary>
    void Away(TMessage message, int waiting, Exception reason);

    /// <summary>Somebody takes them again.</summary>
    void Back(TMessage message);
}
