using Accounts.Core.Data;
using Accounts.Core.Sessions;
using Accounts.Core.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Accounts.Core.EndedSessions;

public static class EndedSessionsSetup
{
    public static IServiceCollection AddEndedSessions(this IServiceCollection services) => services
        .AddSingleton<FeedTable>().AddEarlyWorker<FeedWatch>().AddSingleton<EndedSessionFeed>()
        .AddImpersonalTable("ended_sessions", "ids of sessions and users whose tokens are to be refused, for as long as such a token lives")
        .AddImpersonalTable("feed_origins", "which database it is")
        .AddRestoreRule("places in the feed of ended sessions", "UPDATE feed_origins SET id = gen_random_uuid(), since = clock_timestamp() WHERE since < @began")
        .AddSingleton(Sweeping);

    /// <summary>What has no number yet is of nobody who follows, or of a transaction that took long.</summary>
    private static SweepRule Sweeping(IServiceProvider services)
    {
        var over = $"clock_timestamp() - {LiveSessionRule.Interval(EndedSessionFeed.Lifetime(services.GetRequiredService<IOptions<SessionOptions>>().Value))}";
        return new SweepRule("ended_sessions", $"number < extract(epoch FROM {over}) * 1000000 OR number IS NULL AND at < {over} - interval '1 hour'");
    }
}
