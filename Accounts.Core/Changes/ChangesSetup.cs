using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Changes;

public static class ChangesSetup
{
    public static IServiceCollection AddChanges(this IServiceCollection services) => services
        .AddScoped<ChangeLog>().AddScoped<ChangeNotice>().AddScoped<ChangeUndo>()
        .AddPersonalData(new PersonalData("account_changes")
        {
            Given = ["id", "kind", "at", "email", "reserved_email", "ip", "user_agent", "expires_at", "frozen_at", "void_at", "undone_at"],
            Withheld = [new("of use to thieves alone", "token_hash"), new("what undoes it, sealed", "reverse")],
        })
        .AddSweepRule("account_changes", "expires_at < clock_timestamp()");
}
