namespace Accounts.Core.Throttling;

/// <summary>How much of everything one network, identifier, session or address may ask for: section <c>Accounts:Throttling</c>. Past it: 429.</summary>
public sealed class ThrottlingOptions
{
    /// <summary>Off only for tests and replays.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Sign-ins of one client address (IPv6: one /64) in a minute.</summary>
    public int SignInsPerMinute { get; set; } = 20;

    /// <summary>Registrations of one client address in an hour, at all nodes together. All other limits by address or session are each node's own.</summary>
    public int RegistrationsPerHour { get; set; } = 10;

    /// <summary>Refreshes of one session in a minute.</summary>
    public int RefreshesPerMinute { get; set; } = 60;

    /// <summary>Of one client address in a minute, everything that is anonymous and has no limit of its own: verifying, resending, checking tokens.</summary>
    public int OthersPerMinute { get; set; } = 120;

    /// <summary>Failed sign-ins with one identifier from one network, or from one known device, before each further one costs a delay (1 s, doubling to 15 min).</summary>
    public int FreeFailures { get; set; } = 10;

    /// <summary>The same for one identifier from everywhere together; known devices have their own budget and are not counted here.</summary>
    public int FreeFailuresPerIdentifier { get; set; } = 100;

    /// <summary>Mails of one purpose to one address (made-up plus-tags of a mailbox are one) in a minute.</summary>
    public int MailsPerMinute { get; set; } = 1;

    public int MailsPerHour { get; set; } = 5;

    public int MailsPerDay { get; set; } = 10;

    /// <summary>Password hashes that may wait for a thread; of the places an eighth is kept for known devices, and another for them and for resets and changes.</summary>
    public int HashQueueLength { get; set; } = 128;

    /// <summary>Password hashes that one network (/24 or /64), and one user who is proved, may have waiting in each rank.</summary>
    public int HashesWaitingPerNetwork { get; set; } = 2;
}
