using System.CommandLine;
using Accounts.Core.Admin;
using Accounts.Core.Users;

namespace Accounts.Api.Commands;

/// <summary><c>create-admin EMAIL</c>: the first administrator, and one where nobody gets in any more. Nothing secret is typed; the link that is printed chooses the password.</summary>
public static class CreateAdminCommand
{
    public static Command Make(AtServer at)
    {
        var email = new Argument<string>("EMAIL") { Description = "The administrator's address." };
        var command = new Command(
            "create-admin",
            "Makes an administrator, and prints a link that sets the password: once, within an hour. Of an account that is there already everything goes that somebody has of it (password, sessions, factors, connected accounts); users set-roles makes an administrator of who shall keep them. Run again, it prints another link, and the one before is dead.")
        {
            email,
        };
        command.SetAction((words, cancellation) => at.DoAsync(words, services => MakeAsync(services, words, words.GetRequiredValue(email), cancellation)));
        return command;
    }

    private static async Task MakeAsync(IServiceProvider services, ParseResult words, string email, CancellationToken cancellation)
    {
        if (!EmailAddress.TryParse(email, out var address))
        {
            throw new CommandRefusedException($"{email} is no e-mail address.");
        }
        var made = await services.GetRequiredService<AdministratorCreation>().CreateAsync(address, cancellation);
        var (user, (link, expiresAt)) = (made.User.Profile, made.Link);
        if (words.IsJson())
        {
            words.Json(new MadeAdministrator(user.Email, user.Username, link, expiresAt.UtcDateTime), CommandJson.Default.MadeAdministrator);
            return;
        }
        words.Line($"{user.Email} administers, as the user {user.Username}.");
        if (made.WasThere)
        {
            words.Line("The account was there: its password, sessions, connected accounts, factors and mailed links of before are gone.");
        }
        words.Line($"This link sets the password, once and until {CommandOutput.Time(expiresAt.UtcDateTime)}. Whoever has it is the administrator:");
        words.Line("");
        words.Line(link);
    }
}
