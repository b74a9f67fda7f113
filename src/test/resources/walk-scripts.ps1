# Prints as JSON what each script below a folder consists of, by PowerShell's own parser.
param([string]$Folder)

function Find-Nodes {
    param($Ast, [string]$Kind)
    $type = 'System.Management.Automation.Language.' + $Kind -as [type]
    return , @($Ast.FindAll({ param($n) $n -is $type }.GetNewClosure(), $true))
}

# What a command is given for a parameter, whose name is written out.
function Get-Argument {
    param($Command, [string]$Name)
    $elements = $Command.CommandElements
    for ($i = 1; $i -lt $elements.Count; $i++) {
        if ($elements[$i] -is [System.Management.Automation.Language.CommandParameterAst] -and $elements[$i].ParameterName -eq $Name) {
            if ($null -ne $elements[$i].Argument) {
                return $elements[$i].Argument
            }
            if ($i + 1 -lt $elements.Count) {
                return $elements[$i + 1]
            }
        }
    }
    return $null
}

function Get-Around {
    param($Ast, [string]$Kind)
    $type = 'System.Management.Automation.Language.' + $Kind -as [type]
    for ($at = $Ast.Parent; $null -ne $at; $at = $at.Parent) {
        if ($at -is $type) {
            return $at
        }
    }
    return $null
}

function Test-Inside {
    param($Ast, $Around)
    return ($Ast.Extent.StartOffset -ge $Around.Extent.StartOffset -and $Ast.Extent.EndOffset -le $Around.Extent.EndOffset)
}

# A failure stays inside a try that throws nothing further, and inside a block that is given to a command that has one, or
# put among the areas, which are read by such a command.
function Test-Guarded {
    param($Ast)
    for ($at = $Ast.Parent; $null -ne $at -and $at -isnot [System.Management.Automation.Language.FunctionDefinitionAst]; $at = $at.Parent) {
        if ($at -is [System.Management.Automation.Language.TryStatementAst] -and $at.CatchClauses.Count -gt 0 -and (Test-Inside -Ast $Ast -Around $at.Body)) {
            $further = @($at.CatchClauses | Where-Object { (Find-Nodes -Ast $_ -Kind 'ThrowStatementAst').Length -gt 0 })
            if ($further.Length -eq 0) {
                return $true
            }
        }
        if ($at -is [System.Management.Automation.Language.ScriptBlockExpressionAst] -and $at.Parent -is [System.Management.Automation.Language.CommandAst] -and @('Read-AsrOptional', 'Get-AsrArea', 'Read-AsrArea') -contains $at.Parent.GetCommandName()) {
            return $true
        }
        if ($at -is [System.Management.Automation.Language.AssignmentStatementAst] -and $at.Left.Extent.Text -like '$AsrAreas`[*' -and $at.Right.Expression -is [System.Management.Automation.Language.ScriptBlockExpressionAst]) {
            return $true
        }
    }
    return $false
}

# What a piece of code reads of a variable that holds an instance; a use that cannot be followed is told as what escapes.
function Get-PropertyRead {
    param($Scope, $Variable)
    $read = @{ properties = @(); escapes = @() }
    foreach ($use in (Find-Nodes -Ast $Scope -Kind 'VariableExpressionAst')) {
        if ($use.VariablePath.UserPath -ne $Variable.VariablePath.UserPath -or $use -eq $Variable) {
            continue
        }
        $parent = $use.Parent
        if ($parent -is [System.Management.Automation.Language.MemberExpressionAst] -and $parent.Expression -eq $use) {
            $read.properties += $parent.Member.Extent.Text
        }
        elseif ($parent -is [System.Management.Automation.Language.CommandAst] -and $parent.Extent.Text -match "^Get-AsrProperty -Object \S+ -Name '(\w+)'$") {
            $read.properties += $Matches[1]
        }
        elseif ($parent.Extent.Text -notmatch '^\$null -(eq|ne) \$\w+$') {
            $read.escapes += $parent.Extent.Text
        }
    }
    return $read
}

function Get-FilterProperty {
    param($Filter, $Function)
    $constants = @((Find-Nodes -Ast $Filter -Kind 'StringConstantExpressionAst') | ForEach-Object { $_.Value })
    $constants += @((Find-Nodes -Ast $Filter -Kind 'ExpandableStringExpressionAst') | ForEach-Object { $_.Value })
    # Terms that are put together elsewhere in the function end where their values begin.
    if ((Find-Nodes -Ast $Filter -Kind 'VariableExpressionAst').Length -gt 0) {
        $constants += @((Find-Nodes -Ast $Function -Kind 'StringConstantExpressionAst') | ForEach-Object { $_.Value } | Where-Object { $_ -match "^\w+='?$" })
    }
    foreach ($constant in $constants) {
        foreach ($term in [regex]::Matches(($constant -replace "'[^']*'", "''"), '(?i)(\w+)\s*(?:=|<|>|!|\bLIKE\b|\bIS\b)')) {
            $term.Groups[1].Value
        }
    }
}

# One query: its class, and every property that is read, filtered by or asked for by name.
function Get-CimRead {
    param($Command)
    $function = Get-Around -Ast $Command -Kind 'FunctionDefinitionAst'
    $owner = ''
    if ($null -ne $function) {
        $owner = $function.Name
    }
    $one = @{
        class = ''; namespace = 'root\cimv2'; properties = @(); read = 0; escapes = @()
        guarded = [bool](Test-Guarded -Ast $Command); function = $owner
        limited = ($null -ne (Get-Argument -Command $Command -Name 'OperationTimeoutSec'))
    }
    $class = Get-Argument -Command $Command -Name 'ClassName'
    if ($class -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
        $one.class = $class.Value
    }
    $namespace = Get-Argument -Command $Command -Name 'Namespace'
    if ($null -ne $namespace) {
        $one.namespace = ([string]$namespace.Value).ToLowerInvariant()
    }
    $scope = $null
    $loop = Get-Around -Ast $Command -Kind 'ForEachStatementAst'
    $assignment = Get-Around -Ast $Command -Kind 'AssignmentStatementAst'
    if ($null -ne $loop -and (Test-Inside -Ast $Command -Around $loop.Condition)) {
        $scope = $loop.Body
        $variable = $loop.Variable
    }
    elseif ($null -ne $assignment -and $assignment.Left -is [System.Management.Automation.Language.VariableExpressionAst]) {
        $scope = $function
        $variable = $assignment.Left
    }
    if ($null -eq $scope -or $Command.Parent.PipelineElements.Count -gt 1) {
        $one.escapes += $Command.Extent.Text
        return $one
    }
    $read = Get-PropertyRead -Scope $scope -Variable $variable
    $one.escapes += $read.escapes
    $one.read = $read.properties.Length
    $named = @()
    $filter = Get-Argument -Command $Command -Name 'Filter'
    if ($null -ne $filter) {
        $named += @(Get-FilterProperty -Filter $filter -Function $function)
        if ($named.Length -eq 0) {
            $one.escapes += $filter.Extent.Text
        }
    }
    $asked = Get-Argument -Command $Command -Name 'Property'
    if ($null -ne $asked) {
        $texts = Find-Nodes -Ast $asked -Kind 'StringConstantExpressionAst'
        $named += @($texts | ForEach-Object { $_.Value })
        if ((Find-Nodes -Ast $asked -Kind 'VariableExpressionAst').Length -gt 0 -or $texts.Length -eq 0) {
            $one.escapes += $asked.Extent.Text
        }
    }
    $one.properties = @($read.properties + $named | Sort-Object -Unique)
    return $one
}

# The members of the objects that a stand-in returns for each class, by the switch over $ClassName.
function Get-CimMade {
    param($Ast)
    foreach ($switch in (Find-Nodes -Ast $Ast -Kind 'SwitchStatementAst')) {
        if ($switch.Condition.Extent.Text -ne '$ClassName') {
            continue
        }
        foreach ($clause in $switch.Clauses) {
            foreach ($made in (Find-Nodes -Ast $clause.Item2 -Kind 'ConvertExpressionAst')) {
                # Objects of the stand-in's own are no instances.
                $holder = $made.Parent.Parent
                $kept = $holder -is [System.Management.Automation.Language.AssignmentStatementAst] -and $holder.Left.Extent.Text -eq '$instance'
                $returned = $holder.Parent -is [System.Management.Automation.Language.ReturnStatementAst]
                if ($made.Type.Extent.Text -eq '[pscustomobject]' -and ($kept -or $returned)) {
                    @{ class = $clause.Item1.Value; properties = @($made.Child.KeyValuePairs | ForEach-Object { $_.Item1.Extent.Text }) }
                }
            }
        }
    }
}

$found = foreach ($file in (Get-ChildItem -Path $Folder -Recurse | Where-Object { $_.Extension -eq '.ps1' -or $_.Extension -eq '.psm1' })) {
    $errors = $null
    $tokens = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$tokens, [ref]$errors)
    $all = Find-Nodes -Ast $ast -Kind 'CommandAst'
    $commands = foreach ($command in $all) {
        $parameters = @($command.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] } | ForEach-Object { $_.ParameterName })
        $text = @($command.CommandElements | ForEach-Object { $_.Extent.Text }) -join ' '
        $function = Get-Around -Ast $command -Kind 'FunctionDefinitionAst'
        $owner = ''
        if ($null -ne $function) {
            $owner = $function.Name
        }
        @{ name = [string]$command.GetCommandName(); parameters = $parameters; text = $text; function = $owner; guarded = [bool](Test-Guarded -Ast $command) }
    }
    $made = foreach ($command in $all) {
        if ($command.GetCommandName() -eq 'New-Object') {
            $given = Get-Argument -Command $command -Name 'ArgumentList'
            $arguments = @()
            if ($given -is [System.Management.Automation.Language.ArrayLiteralAst]) {
                $arguments = @($given.Elements | ForEach-Object { $_.Extent.Text })
            }
            elseif ($null -ne $given) {
                $arguments = @($given.Extent.Text)
            }
            $function = Get-Around -Ast $command -Kind 'FunctionDefinitionAst'
            $owner = ''
            if ($null -ne $function) {
                $owner = $function.Name
            }
            @{ type = $command.CommandElements[1].Extent.Text.Trim("'"); arguments = $arguments; function = $owner }
        }
    }
    $calls = foreach ($call in (Find-Nodes -Ast $ast -Kind 'InvokeMemberExpressionAst')) {
        $joint = '.'
        if ($call.Static) {
            $joint = '::'
        }
        @{ name = $call.Member.Extent.Text; whole = $call.Expression.Extent.Text + $joint + $call.Member.Extent.Text }
    }
    $assignments = foreach ($assignment in (Find-Nodes -Ast $ast -Kind 'AssignmentStatementAst')) {
        @{ to = $assignment.Left.Extent.Text; from = $assignment.Right.Extent.Text; member = ($assignment.Left -is [System.Management.Automation.Language.MemberExpressionAst]) }
    }
    $defined = Find-Nodes -Ast $ast -Kind 'FunctionDefinitionAst'
    $functions = foreach ($function in $defined) {
        $block = $function.Body.ParamBlock
        $names = @()
        if ($null -ne $block) {
            $names = @($block.Parameters | ForEach-Object { $_.Name.VariablePath.UserPath })
        }
        @{ name = $function.Name; parameters = $names }
    }
    @{
        file = $file.FullName.Substring($Folder.Length + 1).Replace('\', '/')
        errors = @($errors | ForEach-Object { $_.Message })
        tokens = @($tokens | ForEach-Object { $_.Kind.ToString() } | Sort-Object -Unique)
        manyLines = @($tokens | Where-Object { $_.Extent.EndLineNumber -ne $_.Extent.StartLineNumber -and $_.Kind -notin 'NewLine', 'LineContinuation' } | ForEach-Object { $_.Text })
        numbers = @($tokens | Where-Object { $_.Kind -eq 'Number' } | ForEach-Object { $_.Text } | Sort-Object -Unique)
        commands = @($commands)
        calls = @($calls)
        made = @($made)
        assignments = @($assignments)
        assigned = @($assignments | Where-Object { $_.member } | ForEach-Object { $_.to })
        drives = @(Find-Nodes -Ast $ast -Kind 'VariableExpressionAst' | ForEach-Object { $_ } | Where-Object { $_.VariablePath.IsDriveQualified } | ForEach-Object { $_.Extent.Text })
        types = @(@(Find-Nodes -Ast $ast -Kind 'TypeExpressionAst') + @(Find-Nodes -Ast $ast -Kind 'TypeConstraintAst') | ForEach-Object { $_ } | ForEach-Object { $_.TypeName.FullName } | Sort-Object -Unique)
        switchedFiles = @(Find-Nodes -Ast $ast -Kind 'SwitchStatementAst' | ForEach-Object { $_ } | Where-Object { $_.Flags -band [System.Management.Automation.Language.SwitchFlags]::File } | ForEach-Object { $_.Condition.Extent.Text })
        members = @(Find-Nodes -Ast $ast -Kind 'InvokeMemberExpressionAst' | ForEach-Object { $_ } | ForEach-Object { $_.Member.Extent.Text })
        nodes = @(Find-Nodes -Ast $ast -Kind 'Ast' | ForEach-Object { $_ } | ForEach-Object { $_.GetType().Name } | Sort-Object -Unique)
        texts = @(Find-Nodes -Ast $ast -Kind 'ExpandableStringExpressionAst' | ForEach-Object { $_ } | ForEach-Object { $_.Extent.Text })
        functions = @($functions)
        cimReads = @($all | Where-Object { $_.GetCommandName() -eq 'Get-CimInstance' } | ForEach-Object { Get-CimRead -Command $_ })
        cimMade = @(Get-CimMade -Ast $ast)
        exported = @(Find-Nodes -Ast $ast -Kind 'CommandAst' | ForEach-Object { $_ } | Where-Object { $_.GetCommandName() -eq 'Export-ModuleMember' } | ForEach-Object { $_.Extent.Text -replace '^.*-Function ', '' -split ', ' })
    }
}
[Console]::Out.WriteLine((ConvertTo-Json -InputObject @($found) -Depth 8 -Compress))
