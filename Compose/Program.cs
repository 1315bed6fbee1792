return await ComposeCommand.Create().Parse(args).InvokeAsync();
