namespace Faults;

/// <summary>Somebody with an account, a session and a password, who does what people do and remembers what they were told.</summary>
internal sealed class Person(Service service, Journal journal, Setting setting)
{
    private readonly List<string> ended = [];
    private string name = NewName();
    private string password = "seven purple otters";
    private string? newPassword;
    private string? access;
    private string? refresh;

    /// <summary>A 503 came for what ends the session: the connection may have broken just after it was committed.</summary>
    private bool mayHaveEnded;

    public string Email => $"{name}@example.com";

    public bool Registered { get; private set; }

    private static string NewName() => $"p{Guid.NewGuid():n}"[..20];

    public async Task RegisterAsync()
    {
        var reply = await service.AskAsync(HttpMethod.Post, "register/", new { username = name, email = Email, password });
        if (reply.Status == 201)
        {
            Registered = true;
            journal.Acknowledge();
        }
        else if (reply is { Came: Came.Answer, Status: 400 })
        {
            // The registration whose answer never came was made: nobody was told so.
            name = NewName();
        }
        else if (reply.Came == Came.Answer)
        {
            journal.Accuse($"registering: {reply.Status} {reply.Body}");
        }
    }

    /// <summary>One thing after another, none of it twice at once.</summary>
    public async Task StepAsync()
    {
        if (!Registered)
        {
            await RegisterAsync();
        }
        else if (refresh is null)
        {
            await LoginAsync();
        }
        else
        {
            await (Random.Shared.Next(100) switch
            {
                < 55 => MeAsync(),
                < 90 => RefreshAsync(),
                < 95 => LogoutAsync(),
                _ => ChangePasswordAsync(),
            });
        }
    }

    private async Task LoginAsync()
    {
        var reply = await service.AskAsync(HttpMethod.Post, "login/", new { email = Email, password });
        if (reply.Status == 200)
        {
            (newPassword, mayHaveEnded) = (null, false);
            (access, refresh) = (reply["access"], reply.Refresh);
            journal.Acknowledge();
        }
        else if (reply is { Came: Came.Answer, Status: 401 } && newPassword is not null)
        {
            // The change whose answer never came was made.
            (password, newPassword) = (newPassword, null);
        }
        else if (reply.Came == Came.Answer)
        {
            Missing($"sign-in: {reply.Status} {reply.Body}", isLoss: reply.Status == 401);
            Registered = !setting.MayLose;
        }
    }

    private async Task MeAsync()
    {
        var reply = await service.AskAsync(HttpMethod.Get, "me/", access: access);
        if (IsSkewed(reply))
        {
            await RefreshAsync();
        }
        else if (reply is { Came: Came.Answer, Status: not 200 })
        {
            Missing($"me: {reply.Status} {reply.Body}", isLoss: false);
            refresh = null;
        }
        else if (reply.Status == 200 && reply["username"] != name)
        {
            journal.Accuse("me is somebody else");
        }
    }

    /// <summary>Refused by the clock of the other node: told clearly, and nothing that a refresh does not mend.</summary>
    private bool IsSkewed(Reply reply)
    {
        var isSo = setting.Skewed && reply is { Came: Came.Answer, Status: 401 } && reply["code"] == "token_not_valid" && reply["reason"] is "expired" or "invalid";
        if (isSo)
        {
            journal.Skew();
        }
        return isSo;
    }

    private async Task RefreshAsync()
    {
        var reply = await service.AskAsync(HttpMethod.Post, "token/refresh/", cookie: refresh);
        if (reply.Status == 200)
        {
            (access, refresh) = (reply["access"], reply.Refresh ?? refresh);
            journal.Acknowledge();
        }
        else if (reply.Came == Came.Answer)
        {
            Missing($"refresh: {reply.Status} {reply.Body}", isLoss: false);
            refresh = null;
        }
    }

    private async Task LogoutAsync()
    {
        var (cookie, token) = (refresh!, access);
        var reply = await service.AskAsync(HttpMethod.Post, "logout/", cookie: cookie);
        if (reply.Status == 200)
        {
            journal.Acknowledge();
            ended.Add(cookie);
            var me = await service.AskAsync(HttpMethod.Get, "me/", access: token);
            if (me.Status == 200)
            {
                journal.Accuse("me is 200 after a sign-out");
            }
        }
        refresh = reply.Came == Came.Unavailable ? cookie : null;
        mayHaveEnded |= reply.Came == Came.Unavailable;
    }

    private async Task ChangePasswordAsync()
    {
        if (newPassword is not null)
        {
            // One that may have been made is found out about first.
            await LogoutAsync();
            return;
        }
        var (old, next) = (password, $"{Random.Shared.Next(10_000)} purple otters swim");
        var reply = await service.AskAsync(HttpMethod.Post, "password/change/", new { old_password = old, new_password = next }, access, refresh);
        if (reply.Status == 200)
        {
            journal.Acknowledge();
            ended.Add(refresh!);
            password = next;
            (access, refresh) = (reply["access"], reply.Refresh);
        }
        else if (IsSkewed(reply))
        {
            await RefreshAsync();
        }
        else if (reply.Came == Came.Answer)
        {
            Missing($"new password: {reply.Status} {reply.Body}", isLoss: false);
            refresh = null;
        }
        else
        {
            // Made or not: both passwords may be the one, and the session may be over.
            (newPassword, mayHaveEnded) = (next, true);
        }
    }

    /// <summary>After it all, in quiet: is what was acknowledged so?</summary>
    public async Task CheckAsync()
    {
        if (!Registered)
        {
            return;
        }
        if (refresh is not null && await AskUntilAnsweredAsync("token/refresh/", null, refresh) is { Status: not 200 } gone)
        {
            Missing($"a session at the end: {gone.Status} {gone.Body}", isLoss: false);
        }
        foreach (var cookie in ended.TakeLast(3))
        {
            if ((await AskUntilAnsweredAsync("token/refresh/", null, cookie)).Status == 200)
            {
                Missing("a session that was ended lives", isLoss: true);
            }
        }
        string[] candidates = newPassword is null ? [password] : [password, newPassword];
        foreach (var candidate in candidates)
        {
            if ((await AskUntilAnsweredAsync("login/", new { email = Email, password = candidate }, null)).Status == 200)
            {
                return;
            }
        }
        Missing("an account, or its password", isLoss: true);
    }

    private async Task<Reply> AskUntilAnsweredAsync(string path, object? body, string? cookie)
    {
        for (var attempt = 0; ; attempt++)
        {
            var reply = await service.AskAsync(HttpMethod.Post, path, body, cookie: cookie);
            if (reply.Came == Came.Answer || attempt == 20)
            {
                return reply;
            }
            await Task.Delay(200);
        }
    }

    /// <summary>Where the primary may die before its standby has all, what is missing is a loss and is counted as one; else it is a fault.</summary>
    private void Missing(string what, bool isLoss)
    {
        if (!isLoss && mayHaveEnded)
        {
            return;
        }
        if (isLoss || setting.MayLose)
        {
            journal.Lose(what);
        }
        else
        {
            journal.SignOut(what);
        }
    }
}
