using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.EndedSessions;
using Accounts.Core.History;
using Accounts.Core.Housekeeping;
using Accounts.Core.Import;
using Accounts.Core.Invitations;
using Accounts.Core.MailedTokens;
using Accounts.Core.MailRequests;
using Accounts.Core.OldTokens;
using Accounts.Core.Outbox;
using Accounts.Core.Passkeys;
using Accounts.Core.ProgramTokens;
using Accounts.Core.Registration.Pending;
using Accounts.Core.Restoring;
using Accounts.Core.SecondFactor;
using Accounts.Core.SecondFactor.Totp;
using Accounts.Core.Sessions;
using Accounts.Core.SigningKeys;
using Accounts.Core.SignIn.FactorResets;
using Accounts.Core.SignIn.Tickets;
using Accounts.Core.Social;
using Accounts.Core.Throttling;
using Accounts.Core.TrustedDevices;
using Accounts.Core.Users;
using Accounts.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Accounts.Core.Data;

/// <summary>Everything that is stored.</summary>
public sealed class AccountsDb : DbContext
{
    /// <summary>A save that fails ends its transaction: nothing goes on in one, and so none needs a savepoint before each save, and a round trip to drop it.</summary>
    public AccountsDb(DbContextOptions<AccountsDb> options)
        : base(options) => Database.AutoSavepointsEnabled = false;

    public DbSet<User> Users => Set<User>();

    public DbSet<MailedToken> MailedTokens => Set<MailedToken>();

    public DbSet<PendingSignUp> PendingSignUps => Set<PendingSignUp>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<AccountChange> AccountChanges => Set<AccountChange>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<SocialAccount> SocialAccounts => Set<SocialAccount>();

    public DbSet<SocialState> SocialStates => Set<SocialState>();

    public DbSet<LinkToken> LinkTokens => Set<LinkToken>();

    public DbSet<SignInTicket> SignInTickets => Set<SignInTicket>();

    public DbSet<FactorReset> FactorResets => Set<FactorReset>();

    public DbSet<EmailTicket> EmailTickets => Set<EmailTicket>();

    public DbSet<Passkey> Passkeys => Set<Passkey>();

    public DbSet<PasskeyState> PasskeyStates => Set<PasskeyState>();

    public DbSet<TotpFactor> TotpFactors => Set<TotpFactor>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<TrustedDevice> TrustedDevices => Set<TrustedDevice>();

    public DbSet<PersonalToken> PersonalTokens => Set<PersonalToken>();

    public DbSet<MailRequest> MailRequests => Set<MailRequest>();

    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

    public DbSet<SecurityEvent> SecurityEvents => Set<SecurityEvent>();

    public DbSet<EventChain> EventChain => Set<EventChain>();

    public DbSet<SignedHead> SignedHeads => Set<SignedHead>();

    public DbSet<DailyCount> DailyCounts => Set<DailyCount>();

    public DbSet<ThrottleCounter> ThrottleCounters => Set<ThrottleCounter>();

    public DbSet<TakenToken> TakenTokens => Set<TakenToken>();

    public DbSet<Sweep> Sweeps => Set<Sweep>();

    public DbSet<StoredSigningKey> SigningKeys => Set<StoredSigningKey>();

    public DbSet<PublicSigningKey> PublicSigningKeys => Set<PublicSigningKey>();

    public DbSet<ImportedUser> ImportedUsers => Set<ImportedUser>();

    public DbSet<ErasedImport> ErasedImports => Set<ErasedImport>();

    public DbSet<FeedRow> FeedRows => Set<FeedRow>();

    public DbSet<FeedOrigin> FeedOrigins => Set<FeedOrigin>();

    public DbSet<Restore> Restores => Set<Restore>();

    public DbSet<WebhookProgress> WebhookReceivers => Set<WebhookProgress>();

    public DbSet<WebhookMessage> WebhookMessages => Set<WebhookMessage>();

    /// <summary>The database's own clock at this instant, for use inside queries only: what processes compare is told by one clock.</summary>
    public static DateTimeOffset ClockTimestamp() => throw new InvalidOperationException("Only the database can tell its time.");

    /// <summary>The database's time, for a row whose times the database will compare.</summary>
    public Task<DateTimeOffset> ReadClockAsync(CancellationToken cancellation) =>
        Database.SqlQuery<DateTimeOffset>($"SELECT clock_timestamp() AS \"Value\"").SingleAsync(cancellation);

    /// <summary>A statement of its own on this connection, which is open, and in its transaction: nothing of it is made anew each time, as of a query.</summary>
    public NpgsqlCommand Command(string statement) =>
        new(statement, (NpgsqlConnection)Database.GetDbConnection(), (NpgsqlTransaction?)Database.CurrentTransaction?.GetDbTransaction());

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(AccountsDb).Assembly);
        model.HasDbFunction(() => ClockTimestamp()).HasName("clock_timestamp").IsBuiltIn();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Conventions.Add(_ => new SnakeCaseNames());
        conventions.Conventions.Add(_ => new KeyCollation());
    }
}
