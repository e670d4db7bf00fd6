using System.CommandLine;
using Accounts.Api.Http;
using Accounts.Core.Admin;
using Accounts.Core.Data;
using Accounts.Core.Failures;

namespace Accounts.Api.Commands;

/// <summary>What an operator does by the flows that administrators have over HTTP, and what is told where they refuse it.</summary>
internal static class OperatorAct
{
    public static Task<int> DoAsync(this AtServer at, ParseResult words, Func<IServiceProvider, Task> act) => at(async server =>
    {
        await using var scope = server.App.Services.CreateAsyncScope();
        try
        {
            await act(scope.ServiceProvider);
            return 0;
        }
        catch (CommandRefusedException e)
        {
            return words.Fail(e.Message);
        }
        catch (AccountsException e)
        {
            return words.Fail(Sentence(e));
        }
        catch (Exception e) when (DatabaseFailure.IsHeld(e))
        {
            return words.Fail("Somebody else is changing the same at this moment: try again.");
        }
        catch (Exception e) when (DatabaseFailure.Away(e) is { } away)
        {
            return words.Fail($"The database cannot be used: {DatabaseFailure.Reason(away)}");
        }
    });

    /// <param name="services">of the act</param>
    /// <param name="who">an id, an address or a username</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="CommandRefusedException">it is nobody's</exception>
    public static async Task<AdministeredUser> UserAsync(this IServiceProvider services, string who, CancellationToken cancellation)
    {
        try
        {
            return await services.GetRequiredService<UserDirectory>().FindAsync(who, cancellation);
        }
        catch (NotFoundException)
        {
            throw new CommandRefusedException($"There is no user {who}.");
        }
    }

    private static string Sentence(AccountsException failure) => failure is InvalidInputException invalid
        ? string.Join('\n', invalid.Errors.Messages.SelectMany(field => field.Value.Select(mistake => $"{field.Key}: {mistake}")))
        : (failure.Detail ?? FailureTable.Words(failure.Code)).ToString();
}
