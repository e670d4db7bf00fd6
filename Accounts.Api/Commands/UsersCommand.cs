using System.CommandLine;
using Accounts.Api.Admin;
using Accounts.Api.Http;
using Accounts.Core.Admin;
using Accounts.Core.Audit;
using Accounts.Core.Deletion;
using Accounts.Core.Failures;
using Accounts.Core.Users;

namespace Accounts.Api.Commands;

/// <summary><c>users list|show|deactivate|activate|set-roles|end-sessions|delete|erase</c>: what administrators do over HTTP, by whoever may run the program.</summary>
public sealed class UsersCommand
{
    private readonly Argument<string> who = new("WHO") { Description = "An id, an address or a username." };
    private readonly Argument<string[]> roles = new("ROLE") { Description = "All that the user is to hold; admin administers.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> none = new("--none") { Description = "The user is to hold no role." };
    private readonly Option<string> reason = new("--reason") { Description = "Why, for administrators." };
    private readonly Option<string> until = new("--until") { Description = "When they are active again by themselves, such as 2036-01-15T09:30:00Z; for good without it." };
    private readonly Option<bool> yes = new("--yes") { Description = "It cannot be undone, and that is meant." };

    public static Command Make(AtServer at) => new UsersCommand().MakeUsers(at);

    private Command MakeUsers(AtServer at) => new("users", "Finds users, and does to them what an administrator does by the API. What is done leaves an event, as an operator's.")
    {
        UserListCommand.Make(at),
        Show(at),
        Act(at, new Command("deactivate", "Keeps a user out at once, for good or for a time.") { who, reason, until }, Deactivation),
        Act(at, new Command("activate", "Lets a user in again: after a deactivation, a deletion that is not carried out yet, or a freeze.") { who }, (_, _) => UserSuspension.End),
        SetRoles(at),
        Act(at, new Command("end-sessions", "Signs a user out everywhere.") { who }, (services, _) => services.GetRequiredService<UserSignOut>().Everywhere()),
        Act(at, new Command("delete", "Deletes a user: out at once, told by mail, erased after Accounts__Deletion__Delay. Until then activate has the account back.") { who },
            (services, _) => services.GetRequiredService<UserRemoval>().Begin()),
        Erase(at),
    };

    private Command Show(AtServer at)
    {
        var show = new Command("show", "Shows a user, which leaves an event at them.") { who };
        show.SetAction((words, cancellation) => at.DoAsync(words, async services =>
        {
            var user = await services.UserAsync(words.GetRequiredValue(who), cancellation);
            await services.GetRequiredService<ReadRecord>().AddAsync(user.Profile.Id, "user", Actor.Operator, cancellation);
            Print(services, words, user, UserText.Lines);
        }));
        return show;
    }

    private Command SetRoles(AtServer at)
    {
        var set = new Command("set-roles", "Gives a user the roles that they hold from now on, instead of those of before. Only who is verified holds roles.") { who, roles, none };
        set.Validators.Add(result =>
        {
            if (result.GetValue(none) == (result.GetValue(roles) is [_, ..]))
            {
                result.AddError("Name all roles that the user is to hold, or say --none.");
            }
        });
        return Act(at, set, (services, words) => services.GetRequiredService<RoleChange>().To(RolesOf(words)));
    }

    private Command Erase(AtServer at)
    {
        var erase = new Command("erase", "Erases a user at once and for good: out, out of every table, and not to be had back.") { who, yes };
        erase.Validators.Add(result =>
        {
            if (!result.GetValue(yes))
            {
                result.AddError("This cannot be undone: say --yes.");
            }
        });
        erase.SetAction((words, cancellation) => at.DoAsync(words, async services =>
        {
            var user = (await services.UserAsync(words.GetRequiredValue(who), cancellation)).Profile;
            var begin = services.GetRequiredService<UserErasure>().Begin();
            await services.GetRequiredService<Administration>().DoAsync(user.Id, begin, Actor.Operator, cancellation);
            if (!await services.GetRequiredService<AccountErasure>().EraseAsync(user.Id, cancellation))
            {
                throw new CommandRefusedException($"An administrator has activated {user.Username} again in the meantime.");
            }
            if (words.IsJson())
            {
                words.Json(new ErasedUser(user.Id), CommandJson.Default.ErasedUser);
                return;
            }
            words.Line($"{user.Username} ({user.Id}) is erased.");
        }));
        return erase;
    }

    private Command Act(AtServer at, Command command, Func<IServiceProvider, ParseResult, UserAct> make)
    {
        command.SetAction((words, cancellation) => at.DoAsync(words, async services =>
        {
            var act = make(services, words);
            var user = await services.UserAsync(words.GetRequiredValue(who), cancellation);
            var done = await services.GetRequiredService<Administration>().DoAsync(user.Profile.Id, act, Actor.Operator, cancellation);
            Print(services, words, done, shown => [UserText.Line(shown)]);
        }));
        return command;
    }

    private static void Print(IServiceProvider services, ParseResult words, AdministeredUser user, Func<AdminUserResponse, IEnumerable<string>> lines)
    {
        var shown = services.GetRequiredService<AdminAnswer>().Show(user);
        if (words.IsJson())
        {
            words.Answer(services, shown);
            return;
        }
        foreach (var line in lines(shown))
        {
            words.Line(line);
        }
    }

    private UserAct Deactivation(IServiceProvider services, ParseResult words)
    {
        var query = new QueryReader();
        var (why, end) = (query.Text("reason", words.GetValue(reason)), query.Moment("until", words.GetValue(until)));
        query.Demand();
        var errors = new FieldErrors();
        if (why?.Length > User.LongestReason)
        {
            errors.Add("reason", $"Ensure this field has no more than {User.LongestReason} characters.");
        }
        if (why?.Any(char.IsControl) == true)
        {
            errors.Add("reason", FieldReader.ControlCharacter);
        }
        if (end <= services.GetRequiredService<TimeProvider>().GetUtcNow())
        {
            errors.Add("until", "This is over already.");
        }
        errors.ThrowIfAny();
        return services.GetRequiredService<UserSuspension>().Begin(why, end);
    }

    private RoleNames RolesOf(ParseResult words) => RoleNames.TryRead(words.GetValue(roles) ?? [], out var names, out var mistake)
        ? names
        : throw new CommandRefusedException($"roles: {mistake}");
}
