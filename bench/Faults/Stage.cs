using System.Diagnostics;
using System.Globalization;

namespace Faults;

/// <summary>What a scenario wants to find.</summary>
internal sealed record Setting
{
    /// <summary>A standby that follows; of which a commit waits for where it is synchronous.</summary>
    public bool Standby { get; init; }

    public bool Synchronous { get; init; }

    /// <summary>Where PostgreSQL's data lies; else below the stage's folder.</summary>
    public string? DataFolder { get; init; }

    public (string, string)[] Server { get; init; } = [];

    public string[] Postgres { get; init; } = [];

    /// <summary>What the second node's clock is run by.</summary>
    public string[] SecondNode { get; init; } = [];

    public int Residents { get; init; } = 16;

    /// <summary>The primary dies before its standby has all.</summary>
    public bool MayLose { get; init; }

    /// <summary>A mail may be handed over and the fault come before it is marked: it comes twice.</summary>
    public bool MayDouble { get; init; }

    /// <summary>The clocks of the nodes differ by more than access tokens bear: one refuses what the other has issued, and a refresh helps.</summary>
    public bool Skewed { get; init; }

    /// <summary>Nothing is out of order, so nobody may see a 5xx.</summary>
    public bool Seamless { get; init; }

    /// <summary>Shares of answers that a relay loses, and is late with.</summary>
    public (double Lost, double Late) Relay { get; init; } = (0.02, 0.02);
}

/// <summary>Two nodes behind a proxy on a PostgreSQL, a mail server and people.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> parts = new();
    private readonly List<IDisposable> sockets = [];
    private readonly string folder = Directory.CreateTempSubdirectory("faults-").FullName;
    private readonly int first = Random.Shared.Next(15_000, 30_000);
    private readonly Setting setting;

    private Stage(Setting setting) => this.setting = setting;

    public Journal Journal { get; } = new();

    public Mailboxes Mailboxes { get; } = new();

    public Cluster Primary { get; private set; } = null!;

    public Cluster? Standby { get; private set; }

    public Node[] Nodes { get; private set; } = [];

    public Load Load { get; private set; } = null!;

    public Service Service { get; private set; } = null!;

    private int ProxyPort => first;

    public string ConnectionString =>
        $"Host=127.0.0.1:{first + 1}{(setting.Standby ? $",127.0.0.1:{first + 2};Target Session Attributes=read-write" : "")};Username=accounts;Database=accounts;SSL Mode=Disable";

    public static async Task<Stage> BuildAsync(Setting setting, string program)
    {
        var stage = new Stage(setting);
        try
        {
            await stage.RiseAsync(program);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    private async Task RiseAsync(string program)
    {
        // PostgreSQL's user has to pass through.
        await Programs.RunAsync("chmod", "0711", folder);
        Primary = Keep(await Cluster.CreateAsync(setting.DataFolder ?? Path.Combine(folder, "primary"), Path.Combine(folder, "postgres.log"), first + 1, setting.Postgres));
        if (setting.Standby)
        {
            Standby = Keep(await Primary.FollowAsync(Path.Combine(folder, "standby"), first + 2));
            if (setting.Synchronous)
            {
                await Primary.ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
                await Primary.ExecuteAsync("SELECT pg_reload_conf()");
            }
        }
        Nodes = [NodeAt(0, [], program), NodeAt(1, setting.SecondNode, program)];
        foreach (var node in Nodes)
        {
            await node.StartAsync();
        }
        Keep(await HaProxy.StartAsync(folder, ProxyPort, Nodes));
        var relay = Keep(new Relay(ProxyPort, setting.Relay.Lost, setting.Relay.Late));
        Service = Keep(new Service(ProxyPort, null, Journal));
        Service[] ways = [Service, Keep(new Service(ProxyPort, relay, Journal))];
        Load = Keep(new Load(Journal, ways, setting));
    }

    /// <summary>By a relay of its own that loses answers.</summary>
    public Service NewService(double lost) => new(ProxyPort, Keep(new Relay(ProxyPort, lost, 0)), Journal);

    public void Expect(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            Journal.Accuse(otherwise);
        }
    }

    /// <summary>Within ten seconds.</summary>
    public async Task<bool> EventuallyAsync(Func<bool> isSo)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(10) && !isSo();)
        {
            await Task.Delay(50);
        }
        return isSo();
    }

    private Node NodeAt(int n, string[] before, string program) =>
        Keep(new Node(before, program, first + 3 + n, Path.Combine(folder, $"node{n}.log"), NodeSettings));

    public (string, string)[] NodeSettings =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("ConnectionStrings__Accounts", ConnectionString),
        ("Accounts__PublicUrl", $"http://localhost:{ProxyPort}"),
        ("Accounts__SecretKey", "only for trying and never for anybody's accounts: 7d1f0a"),
        ("Accounts__Mail__SmtpUrl", $"smtp://127.0.0.1:{Mailboxes.Port.ToString(CultureInfo.InvariantCulture)}?tls=none"),
        ("Accounts__TrustedProxies", "127.0.0.1"),
        ("Accounts__Throttling__Enabled", "false"),
        ("Logging__LogLevel__Default", "Warning"),
        .. setting.Server,
    ];

    private T Keep<T>(T part)
    {
        if (part is IAsyncDisposable slow)
        {
            parts.Push(slow);
        }
        else if (part is IDisposable quick)
        {
            sockets.Add(quick);
        }
        return part;
    }

    public async ValueTask DisposeAsync()
    {
        while (parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
        sockets.ForEach(socket => socket.Dispose());
        Mailboxes.Dispose();
        Console.Error.WriteLine(Journal.Wrong + Journal.SignedOut + Journal.Lost > 0 ? $"  what the parts said: {folder}" : "");
        if (Journal.Wrong + Journal.SignedOut + Journal.Lost == 0)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
