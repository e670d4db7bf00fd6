using Accounts.Core.Data;
using Accounts.Core.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Sessions;

public static class SessionsSetup
{
    /// <summary>How long a session that is over by its age stays.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSettings<SessionOptions, SessionOptionsCheck>("Accounts:Sessions")
        .AddSingleton<LiveSessionRule>().AddSingleton<RefreshTokenCodec>().AddSingleton<SessionTokenCodec>().AddSingleton<SessionTokens>().AddSingleton<SessionRotation>()
        .AddSingleton<LiveSessions>().AddSingleton<SessionUses>().AddSingleton<LiveSessionTokens>().AddSingleton<SessionRecognition>()
        .AddSingleton<SessionRefresh>()
        .AddScoped<SessionNotice>().AddScoped<SessionAlarm>().AddScoped<SessionOpening>().AddScoped<Logout>()
        .AddScoped<SessionList>().AddScoped<LogoutElsewhere>().AddScoped<LogoutAll>()
        // By the user's row, however many there are. The stamp ends what devices are known by.
        .AddRestoreRule("users whose sessions end", $"""
            UPDATE users SET security_stamp = md5(random()::text || id::text), version = version + 1,
              sessions_epoch = sessions_epoch + 1, sessions_ended_at = clock_timestamp(), sessions_end_reason = '{SnakeCaseEnum<SessionEnd>.Word(SessionEnd.Restored)}'
            WHERE id = ANY (ARRAY (SELECT id FROM users WHERE sessions_ended_at IS NULL OR sessions_ended_at < @began LIMIT @most))
            """)
        .AddPersonalData(new PersonalData("sessions")
        {
            Given = ["id", "created_at", "auth_time", "rotated_at", "ended_at", "end_reason", "persistent", "transport", "amr", "ip", "user_agent"],
            Withheld = [new("of use to thieves alone", "secret_hash"), new("counters of this server", "epoch", "generation", "parent_generation", "first_child")],
        })
        .AddSingleton(Sweeping);

    /// <summary>Ends are kept for a while, to answer "what happened to my session".</summary>
    private static SweepRule Sweeping(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<SessionOptions>>().Value;
        return new SweepRule("sessions", $"""
            ended_at < clock_timestamp() - interval '30 days'
            OR created_at < clock_timestamp() - {LiveSessionRule.Interval(options.AbsoluteLifetime + Grace)}
            OR rotated_at < clock_timestamp() - {LiveSessionRule.Interval(Longer(options.IdleLifetime, options.SessionTokenLifetime) + Grace)}
            """)
        {
            // What ended with all of its user's: the user's row has said so since.
            Mark = new SweepMark(
                "ended_at = u.sessions_ended_at, end_reason = u.sessions_end_reason FROM users u",
                "u.id = sessions.user_id AND sessions.ended_at IS NULL AND sessions.epoch < u.sessions_epoch"),
        };
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
