using Accounts.Core.Data;
using Accounts.Core.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Audit;

public static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddScoped<SecurityLog>().AddSingleton<EventReport>().AddEarlyWorker<EventTally>()
        .AddWorker<EventNumbering>()
        .AddPersonalData(new PersonalData("security_events")
        {
            Given = ["id", "kind", "session_id", "at", "ip", "user_agent", "count", "before", "after"],
            Withheld = [new("who else has done it, and from where", "actor_id", "actor_ip", "actor_user_agent"), new("counters of this server", "number"), new("hashes, which prove that nothing was changed", "salt", "fields_hash", "actor_salt", "actor_fields_hash", "link")],
            // What happened stays for who keeps the server safe; whom it happened to, an id tells that is nobody's any more. Without its salt the hash of what went tells nothing.
            Erase = """
                UPDATE security_events SET ip = '', user_agent = '', before = NULL, after = NULL, salt = NULL WHERE user_id = @user;
                UPDATE security_events SET actor_ip = '', actor_user_agent = '', actor_salt = NULL WHERE actor_id = @user
                """,
        })
        .AddImpersonalTable("event_chain", "where the chain of all events ends")
        .AddImpersonalTable("daily_counts", "counts of all users together").AddSweepRule("daily_counts", "day < clock_timestamp() - interval '400 days'");
}
