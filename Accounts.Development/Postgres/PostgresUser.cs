using Accounts.Core.Failures;

namespace Accounts.Development.Postgres;

/// <summary>Who PostgreSQL runs as. It refuses root, so root steps down to "postgres" or "nobody"; anybody else stays.</summary>
internal sealed class PostgresUser
{
    private readonly string[] stepDown = [];
    private readonly string[] owner = [];

    private PostgresUser()
    {
    }

    private PostgresUser(string uid, string gid)
    {
        StepsDown = true;
        stepDown = ["setpriv", $"--reuid={uid}", $"--regid={gid}", "--clear-groups"];
        owner = ["-o", uid, "-g", gid];
    }

    public bool StepsDown { get; }

    public static PostgresUser Choose()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new PostgresUser();
        }

        if (!Command.IsOnPath("setpriv"))
        {
            throw new StartupException("PostgreSQL doesn't run as root: install setpriv (package util-linux), or run this as an ordinary user.");
        }

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length >= 4).ToArray();
        var chosen = users.FirstOrDefault(fields => fields[0] == "postgres") ?? users.FirstOrDefault(fields => fields[0] == "nobody");
        return chosen is null
            ? throw new StartupException("PostgreSQL doesn't run as root, and there is no user postgres or nobody: run this as an ordinary user.")
            : new PostgresUser(chosen[2], chosen[3]);
    }

    public IEnumerable<string> Words(params string[] command) => [.. stepDown, .. command];

    public async Task<bool> CanEnterAsync(string folder) =>
        !StepsDown || (await Command.RunAsync(Words("/bin/sh", "-c", "test -x \"$1\"", "sh", folder))).Succeeded;

    /// <summary>A folder that stays ours and that this user can pass through, whatever our umask is.</summary>
    public Task MakeEnterableFolderAsync(string folder) => MakeFolderAsync(folder, "-m", StepsDown ? "0755" : "0700");

    /// <summary>A folder that belongs to this user and is closed to everybody else.</summary>
    public Task MakePrivateFolderAsync(string folder) => MakeFolderAsync(folder, ["-m", "0700", .. owner]);

    private static async Task MakeFolderAsync(string folder, params string[] options)
    {
        var made = await Command.RunAsync(["install", "-d", .. options, folder]);
        if (!made.Succeeded)
        {
            throw new StartupException($"The folder {folder} can't be made ({made.Errors}): run as the user that owns the folder above it.");
        }
    }
}
