using System.Text.Json;
using Accounts.Core.Audit;
using Accounts.Core.Webhooks;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>Of every kind of event somebody has decided whether apps are told of it.</summary>
public sealed class WebhookEventsTests
{
    [Fact]
    public void WH_01_Every_kind_of_event_is_told_by_a_word_or_listed_as_not_told() => Assert.All(Enum.GetValues<SecurityEventKind>(), kind =>
        Assert.True((WebhookEvents.Of(JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString())) is not null) ^ WebhookEvents.NotTold.Contains(kind), $"{kind}: decide in WebhookEvents whether apps are told of it."));

    /// <summary>Apps have them in their code.</summary>
    [Fact]
    public void The_words_of_events_stay_the_same() => Assert.Equal(
        [
            "factor.added", "factor.removed", "identity.connected", "identity.disconnected", "password.changed", "roles.changed", "session.ended", "session.started", "token.reused",
            "user.activated", "user.deactivated", "user.deleted", "user.email_changed", "user.erased", "user.frozen", "user.reclaimed", "user.recovered", "user.registered", "user.restored",
            "user.updated", "user.verified", "users.imported",
        ],
        WebhookEvents.All);

    [Theory]
    [InlineData("user.*", 12), InlineData("session.ended", 1), InlineData("session.*", 2), InlineData("user.", 0), InlineData("user", 0), InlineData("*", 0), InlineData("webhook.test", 0), InlineData(".*", 0)]
    public void A_pattern_stands_for_those_that_begin_so(string pattern, int count) => Assert.Equal(count, WebhookEvents.Matching(pattern).Count());
}
