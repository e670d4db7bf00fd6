using System.Text;
using System.Text.Json;
using Accounts.Tests.Support;

namespace Accounts.Tests.Client;

/// <summary><c>client/examples/react</c> as a page, in React's StrictMode.</summary>
internal static class ReactPage
{
    private const string Packages = "Accounts.Tests/Support/node/node_modules";

    /// <summary>What a bundler does: the modules by name. React 18's own scripts are none, and come first.</summary>
    public static string Html(Uri api)
    {
        var imports = new Dictionary<string, string>
        {
            ["react"] = Module("export const { createContext, createElement, useCallback, useContext, useEffect, useState, useSyncExternalStore } = React;"),
            ["@accounts/client"] = $"{api}accounts.js",
            ["@accounts/client/react"] = Module(Repository.Read("client/react.js")),
            ["app"] = Module(Repository.Read("client/examples/react/app.js").Replace("http://localhost:8000", $"{api}".TrimEnd('/'), StringComparison.Ordinal)),
        };
        return $$"""
            <!doctype html>
            <title>React</title>
            <link rel="icon" href="data:,">
            <div id="root"></div>
            <script>{{Repository.Read($"{Packages}/react/umd/react.development.js")}}</script>
            <script>{{Repository.Read($"{Packages}/react-dom/umd/react-dom.development.js")}}</script>
            <script type="importmap">{{JsonSerializer.Serialize(new { imports })}}</script>
            <script type="module">
              import { App } from 'app';
              ReactDOM.createRoot(document.querySelector('#root')).render(React.createElement(React.StrictMode, null, React.createElement(App)));
            </script>
            """;
    }

    private static string Module(string code) => $"data:text/javascript;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(code))}";
}
