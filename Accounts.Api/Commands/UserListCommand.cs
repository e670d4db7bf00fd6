using System.CommandLine;
using Accounts.Api.Admin;
using Accounts.Core.Admin;
using Accounts.Core.Failures;

namespace Accounts.Api.Commands;

/// <summary><c>users list</c>: by the filters of the API.</summary>
internal sealed class UserListCommand
{
    private readonly Option<string> search = new("--search") { Description = "Whose username or address begins so." };
    private readonly Option<string> role = new("--role") { Description = "Who holds it." };
    private readonly Option<bool> active = new("--active") { Description = "Who is not kept out." };
    private readonly Option<bool> inactive = new("--inactive") { Description = "Who is." };
    private readonly Option<bool> verified = new("--verified") { Description = "Whose address is." };
    private readonly Option<bool> unverified = new("--unverified") { Description = "Whose address is not." };
    private readonly Option<int> page = new("--page") { Description = "From 1 on.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> pageSize = NumberOption.Make("--page-size", "So many on one", usual: 25, most: 100);

    public static Command Make(AtServer at) => new UserListCommand().MakeList(at);

    private Command MakeList(AtServer at)
    {
        var list = new Command("list", "Shows users, the newest first.") { search, role, active, inactive, verified, unverified, page, pageSize };
        list.Validators.Add(result =>
        {
            if ((result.GetValue(active) && result.GetValue(inactive)) || (result.GetValue(verified) && result.GetValue(unverified)))
            {
                result.AddError("Nobody is both.");
            }
        });
        list.SetAction((words, cancellation) => at.DoAsync(words, services => ListAsync(services, words, cancellation)));
        return list;
    }

    private async Task ListAsync(IServiceProvider services, ParseResult words, CancellationToken cancellation)
    {
        var asked = new UserListRequest
        {
            Search = words.GetValue(search),
            Role = words.GetValue(role),
            Active = Either(words, active, inactive),
            Verified = Either(words, verified, unverified),
            Page = $"{words.GetValue(page)}",
            PageSize = $"{words.GetValue(pageSize)}",
        };
        var (number, size) = Paged(asked);
        var found = await FindAsync(services, asked, number, size, cancellation);
        var users = found.Users.Select(services.GetRequiredService<AdminAnswer>().Show).ToArray();
        if (words.IsJson())
        {
            words.Json(new ListedUsers(found.Count, users), CommandJson.Default.ListedUsers);
            return;
        }
        foreach (var user in users)
        {
            words.Line(UserText.Line(user));
        }
        words.Line($"Page {number} of {Math.Max(1, (found.Count + size - 1) / size)}, {(found.Count == 1 ? "1 user" : $"{found.Count} users")}.");
    }

    private static string? Either(ParseResult words, Option<bool> yes, Option<bool> no) => words.GetValue(yes) ? "true" : words.GetValue(no) ? "false" : null;

    private static (int Number, int Size) Paged(UserListRequest asked)
    {
        try
        {
            var (number, size) = asked.PageNumber();
            return (number, size);
        }
        catch (NotFoundException)
        {
            throw NoPage(asked);
        }
    }

    private static async Task<UserPage> FindAsync(IServiceProvider services, UserListRequest asked, int number, int size, CancellationToken cancellation)
    {
        try
        {
            return await services.GetRequiredService<UserDirectory>().ListAsync(asked.Query(), number, size, cancellation);
        }
        catch (NotFoundException)
        {
            throw NoPage(asked);
        }
    }

    private static CommandRefusedException NoPage(UserListRequest asked) => new($"There is no page {asked.Page}.");
}
