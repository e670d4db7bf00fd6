using Accounts.Core.Data;
using Accounts.Core.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.History;

public static class HistorySetup
{
    /// <summary>The heads whose time is over. The newest of them stays, where the kept part begins: the older go, then the events before it.</summary>
    private const string Old = "FROM event_heads WHERE at < clock_timestamp() - interval '180 days'";

    public static IServiceCollection AddHistory(this IServiceCollection services) => services
        .AddSingleton<HeadKeys>().AddWorker<HeadSigning>()
        .AddScoped<HistoryVerification>().AddSingleton<HistoryEnd>()
        .AddImpersonalTable("event_heads", "how far the history of all events went")
        .AddSweepRule("event_heads", $"number < (SELECT max(number) {Old})")
        // Events of before there was a chain go by their own time.
        .AddSweepRule("security_events", $"at < clock_timestamp() - interval '180 days' AND (link IS NULL OR number <= (SELECT min(number) {Old}))");
}
