using System.Threading.RateLimiting;
using Accounts.Core;
using Accounts.Core.Failures;
using Accounts.Core.Throttling;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Http;

/// <summary>The limits per client address, kept by the framework's limiter in each process; every action names its own.</summary>
public static class Throttle
{
    public const string SignIn = "sign-in", Registration = "registration", Others = "others";

    private const int Segments = 6;

    public static IServiceCollection AddThrottles(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.OnRejected = (context, _) => new ValueTask(ErrorBodies.WriteAsync(context.HttpContext, Rejection(context.Lease)));
        limiter.AddPolicy(SignIn, context => PerClient(context, options => options.SignInsPerMinute, TimeSpan.FromMinutes(1)));
        limiter.AddPolicy(Registration, context => PerClient(context, options => options.RegistrationsPerHour, TimeSpan.FromHours(1)));
        limiter.AddPolicy(Others, context => PerClient(context, options => options.OthersPerMinute, TimeSpan.FromMinutes(1)));
    });

    public static ThrottledException Rejection(RateLimitLease lease) =>
        new(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1));

    public static SlidingWindowRateLimiterOptions Window(int permits, TimeSpan window) => new()
    {
        PermitLimit = permits,
        Window = window,
        SegmentsPerWindow = Segments,
        QueueLimit = 0,
    };

    private static RateLimitPartition<string> PerClient(HttpContext context, Func<ThrottlingOptions, int> permits, TimeSpan window)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<ThrottlingOptions>>().Value;
        var client = Device.ClientOf(ClientDevice.Ip(context));
        return options.Enabled
            ? RateLimitPartition.GetSlidingWindowLimiter(client, _ => Window(permits(options), window))
            : RateLimitPartition.GetNoLimiter("");
    }
}
