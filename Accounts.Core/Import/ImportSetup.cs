using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Import;

public static class ImportSetup
{
    public static IServiceCollection AddImport(this IServiceCollection services) => services
        .AddSingleton<UserImport>()
        .AddPersonalData(new PersonalData("imported_users")
        {
            Key = "user_id",
            Given = ["source", "imported_at"],
            Withheld = [new("hashes of what stands in the users' row, by which another import sees what has changed", "came", "written")],
        })
        .AddImpersonalTable("erased_imports", "hashes of ids of another system, so that nobody who was erased is imported again; gone within a year")
        .AddSweepRule("erased_imports", "erased_at < clock_timestamp() - interval '1 year'");
}
