using Accounts.Api;
using Accounts.Api.Commands;
using Accounts.Core.Failures;
using Accounts.Core.Mail;
using Accounts.Development.Mailbox;

namespace Accounts.Development;

/// <summary>The server as a developer has it: nothing configured, its mail on a page, and people to sign in as.</summary>
public static class DevelopmentHost
{
    private const string EnvironmentVariable = "ASPNETCORE_ENVIRONMENT";

    public static Task<int> Main(string[] args)
    {
        // Where nothing is said, the framework would start Production.
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is null)
        {
            Environment.SetEnvironmentVariable(EnvironmentVariable, Environments.Development);
        }
        var isServing = Arguments.Split(args).Words.Length == 0;
        return Program.RunAsync(args, settings => BuildAsync(settings, isServing ? Console.Error.WriteLine : null, joins: !isServing));
    }

    /// <param name="args">settings</param>
    /// <param name="tell">is told of each step of a start with a PostgreSQL of our own, which takes its time; null for a command, or a test</param>
    /// <param name="joins">for a command: beside a server that runs, its PostgreSQL is used</param>
    /// <exception cref="StartupException">with what to do</exception>
    public static async Task<AccountsServer> BuildAsync(string[] args, Action<string>? tell = null, bool joins = false)
    {
        var builder = Program.CreateBuilder(args);
        DemandDevelopment(builder.Environment);
        var postgres = await builder.FillInAsync(tell, joins);
        Program.AddServer(builder);
        builder.AddDevelopment();
        if (postgres is not null && tell is not null)
        {
            builder.Services.AddHostedService(_ => new StartStep(tell));
            tell("Applying migrations ...");
        }
        var folder = Path.GetDirectoryName(postgres?.DataFolder);
        var server = Program.Build(builder, postgres, folder);
        if (postgres is not null)
        {
            server.App.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(Greeting.Text(server.App.Urls, HasMailbox(server), folder)));
        }
        return server;
    }

    private static bool HasMailbox(AccountsServer server) => server.App.Services.GetRequiredService<IMailSender>() is MailboxFolder;

    /// <summary>What it adds must not be reachable from elsewhere.</summary>
    private static void DemandDevelopment(IHostEnvironment environment)
    {
        if (!environment.IsDevelopment())
        {
            throw new StartupException(
                $"this is the host for Development, and {EnvironmentVariable} is {environment.EnvironmentName}: "
                + "leave it out, or start Accounts.Api.");
        }
    }
}
