using System.Reflection;
using System.Text.RegularExpressions;
using Accounts.Api.EmailCodes;
using Accounts.Api.Pages;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Mvc;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>Under one origin with a front end, what Accounts answers goes to Accounts: <c>client/examples/one-origin.js</c> has the list.</summary>
public sealed partial class OneOriginTests
{
    [Fact]
    public void The_pages_of_mails_and_their_files_are_listed_and_what_a_front_end_has_is_not()
    {
        var listed = new Regex(List().Match(Repository.Read("client/examples/one-origin.js")).Groups[1].Value);
        Type[] controllers = [typeof(PagesController), typeof(EmailCodePageController), typeof(ClientScriptController), typeof(BrandStyleController)];
        var pages = controllers.SelectMany(type => type.GetMethods()).SelectMany(action => action.GetCustomAttributes<HttpGetAttribute>()).Select(get => get.Template!);
        var files = Directory.GetFiles(Path.Combine(Repository.Folder, "Accounts.Api/wwwroot")).Select(file => Path.GetFileName(file)).Where(file => !file.EndsWith(".html", StringComparison.Ordinal));
        string[] all = [.. pages.Concat(files).Select(path => $"/{path.TrimStart('/')}"), "/api/auth/login/", "/.well-known/jwks.json", "/dev/mailbox"];
        Assert.Contains("/verify-email", all);
        Assert.Contains("/card.js", all);
        Assert.All(all, path => Assert.Matches(listed, path));
        Assert.DoesNotMatch(listed, "/");
        Assert.DoesNotMatch(listed, "/account/security");
        Assert.DoesNotMatch(listed, "/security-tips");
    }

    [GeneratedRegex(@"const accountsHas = /(.*)/;")]
    private static partial Regex List();
}
