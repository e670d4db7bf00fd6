using System.Data.Common;
using Accounts.Core.Outbox;

namespace Accounts.Core.Webhooks;

/// <summary>A webhook that was claimed, with what it tells.</summary>
public sealed record DueWebhook(string Receiver, Guid Id, Guid UserId, string Type, int Attempts) : IClaimedMessage
{
    /// <summary>By which a receiver knows it again: the same at each try, and the event's own id in the lists of administrators.</summary>
    public required Guid EventId { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    public Guid? SessionId { get; init; }

    /// <summary>Of the user as they are now, where the event is about it; null for who is gone.</summary>
    public string? Email { get; init; }

    /// <inheritdoc cref="Email"/>
    public string[]? Roles { get; init; }

    /// <summary>Whether all that the user was signed in with has ended.</summary>
    public bool EndsAll { get; init; }

    /// <summary>Of those, the session that asked and goes on.</summary>
    public Guid? KeptSessionId { get; init; }

    /// <summary>Until when they are kept out; null for no end.</summary>
    public string? Until { get; init; }

    /// <summary>Whose place the session has taken; null where it is a sign-in's.</summary>
    public string? ReplacedSessionId { get; init; }

    /// <summary>What an import has counted, a JSON object; null for what is no import.</summary>
    public string? Imported { get; init; }

    /// <summary><c>late</c>: later ones of the user were told before. <c>gap</c>: an earlier one is parked. Null for neither.</summary>
    public string? Order { get; init; }

    internal static DueWebhook Read(string receiver, DbDataReader row)
    {
        var kept = row.GetBoolean(11) ? row.GetFieldValue<Guid?>(6) : null;
        var endsAll = row.GetBoolean(10);
        return new DueWebhook(receiver, row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetInt32(3))
        {
            EventId = row.GetGuid(4),
            At = row.GetFieldValue<DateTimeOffset>(5),
            SessionId = endsAll ? null : row.GetFieldValue<Guid?>(6),
            Email = Value<string>(row, 7),
            Roles = Value<string[]>(row, 8),
            Until = Value<string>(row, 9),
            EndsAll = endsAll,
            KeptSessionId = endsAll ? kept : null,
            ReplacedSessionId = Value<string>(row, 14),
            Imported = Value<string>(row, 15),
            Order = row.GetBoolean(12) ? "late" : row.GetBoolean(13) ? "gap" : null,
        };
    }

    private static T? Value<T>(DbDataReader row, int column) where T : class => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
