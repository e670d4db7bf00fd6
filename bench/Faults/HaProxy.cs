using System.Diagnostics;

namespace Faults;

/// <summary>HAProxy before the nodes, as docs/production.md has it: it asks /readyz, and sends elsewhere what could not be connected.</summary>
internal sealed class HaProxy : IAsyncDisposable
{
    private readonly Process process;

    private HaProxy(Process process) => this.process = process;

    public static async Task<HaProxy> StartAsync(string folder, int port, IEnumerable<Node> nodes)
    {
        var servers = nodes.Select((node, n) => $"  server node{n} 127.0.0.1:{node.Port} check");
        var file = Path.Combine(folder, "haproxy.cfg");
        await File.WriteAllTextAsync(file, $"""
            global
              maxconn 2000
            defaults
              mode http
              timeout connect 2s
              timeout client 40s
              timeout server 40s
              timeout check 1s
              retries 3
              option redispatch 1
              retry-on conn-failure
            frontend public
              bind 127.0.0.1:{port}
              option forwardfor
              default_backend nodes
            backend nodes
              option httpchk GET /readyz
              default-server inter 300ms fall 2 rise 1
            {string.Join('\n', servers)}

            """);
        var proxy = new HaProxy(Programs.Start(["haproxy", "-db", "-f", file], file + ".log"));
        await Task.Delay(1000);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }
}
