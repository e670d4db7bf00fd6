namespace Accounts.Core.Admin;

/// <summary>What happened to an account, as administrators see it: with who did it, from where, and what was and is.</summary>
/// <param name="Number">in the order in which events became visible; null for a second or so</param>
/// <param name="Kind">the word that it is stored as: another version may have written one that this one does not know</param>
/// <param name="ActorId">the administrator whose act it was, or who allowed it; null for the user's own, for acts of this server, and for an operator's</param>
/// <param name="Ip">of the actor, where there is one</param>
/// <param name="Before">a JSON object; null where nothing is told</param>
/// <param name="After">a JSON object; null where nothing is told</param>
/// <param name="Count">how often it happened in that minute</param>
/// <param name="IsOperators">whether it was the act of an operator, who has no id, and no address or device to tell</param>
public sealed record AdministeredEvent(
    long? Number, string Kind, DateTimeOffset At, Guid UserId, Guid? ActorId, string Ip, string UserAgent, string? Before, string? After, int Count, bool IsOperators)
{
    /// <summary>The select list, of <c>security_events</c>.</summary>
    public const string Columns = """
        number AS "Number", kind AS "Kind", at AS "At", user_id AS "UserId", actor_id AS "ActorId", coalesce(actor_ip, ip) AS "Ip", coalesce(actor_user_agent, user_agent) AS "UserAgent",
        before::text AS "Before", after::text AS "After", count AS "Count", actor_id IS NULL AND actor_ip IS NOT NULL AS "IsOperators"
        """;
}
